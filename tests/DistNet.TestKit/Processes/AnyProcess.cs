using System.Diagnostics;

namespace DistNet.TestKit;

/// <summary>A program that is not the one under test, such as the SDK. Every wait has a deadline.</summary>
public static class AnyProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    /// <summary>Starts a program and waits for its end; it is killed, with all it started, at the deadline.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables on top of this process's.</param>
    public static async Task<CommandOutcome> RunAsync(
        IReadOnlyList<string> command, string folder, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        using var process = Process.Start(ProcessStart.Of(command, folder, environment))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await Task.WhenAll(output, error, process.WaitForExitAsync()).WaitAsync(Deadline);
            return new CommandOutcome(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Runs <c>dotnet</c>, which leaves no server behind.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="environment">More variables.</param>
    public static Task<CommandOutcome> DotNetAsync(string folder, IEnumerable<string> args, params IEnumerable<KeyValuePair<string, string>> environment) =>
        RunAsync(["dotnet", .. args], folder, [.. Quiet, .. environment]);

    private static Dictionary<string, string> Quiet { get; } = new()
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
    };
}
