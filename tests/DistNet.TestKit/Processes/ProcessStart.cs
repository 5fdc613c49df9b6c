using System.Diagnostics;

namespace DistNet.TestKit;

/// <summary>How tests start processes whose output they read.</summary>
internal static class ProcessStart
{
    /// <param name="command">Program and arguments.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables on top of this process's, less those that are options of the program or ask for telemetry.</param>
    public static ProcessStartInfo Of(IReadOnlyList<string> command, string folder, IEnumerable<KeyValuePair<string, string>>? environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DISTNET_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
