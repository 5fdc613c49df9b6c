using System.Diagnostics;

namespace DistNet.TestKit;

/// <summary>Short commands of the system.</summary>
public static class SystemCommand
{
    /// <summary>Runs one to its end; what it printed on stdout.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it complained of.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaint = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {complaint.GetAwaiter().GetResult().Trim()}");
    }
}
