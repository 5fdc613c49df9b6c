using DistNet.Hosting;
using DistNet.Lab;
using DistNet.Reporting;

namespace DistNet.Cli;

/// <summary>The report at the end of a run. One that cannot be made costs a line, never the run.</summary>
internal static class ReportEnd
{
    /// <summary>Keeps the command, and makes the report of a folder that it made; the report's path, or null where there is none.</summary>
    /// <param name="folder">The folder of a run or a comparison.</param>
    /// <param name="isUnwanted">Only the command is kept.</param>
    /// <param name="host">Whose command it was.</param>
    public static async Task<string?> MakeAsync(string folder, bool isUnwanted, CommandHost host)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        // Who followed a cluster's run may not have its data; the coordinator's node has made the report then.
        var made = Path.Combine(folder, ReportMaker.FileName);
        var isFetched = File.Exists(made) && !File.Exists(Path.Combine(folder, RunFolder.CommandName));
        KeepCommand(folder, host);
        return isUnwanted ? null : isFetched ? made : await TryAsync(folder, dataRoot: null, host);
    }

    /// <summary>Makes the report; its path, or null, with a line that says why, where it cannot be made.</summary>
    public static async Task<string?> TryAsync(string folder, string? dataRoot, CommandHost host)
    {
        try
        {
            return host.Services.Report is { } make ? await make(folder, dataRoot) : null;
        }
        catch (Exception e)
        {
            host.Complain($"no report was made: {e.Message.Split('\n')[0].TrimEnd()}; distnet report --run {folder} tries again");
            return null;
        }
    }

    /// <summary>Makes the report of each run folder in a folder.</summary>
    public static async Task OfRunsAsync(string folder, CommandHost host)
    {
        foreach (var run in ReportMaker.RunsIn(folder))
        {
            await TryAsync(run, dataRoot: null, host);
        }
    }

    public static void Write(string? report, CommandHost host)
    {
        if (report is not null)
        {
            host.Out.WriteLine($"report         {report}");
        }
    }

    /// <summary>A line for each start: a run that is resumed has several. Who only follows a run did not ask for it.</summary>
    public static void KeepCommand(string folder, CommandHost host)
    {
        if (host.Arguments is ["attach", ..] || !host.KeepsCommandIn(folder))
        {
            return;
        }

        try
        {
            File.AppendAllText(Path.Combine(folder, RunFolder.CommandName), Typed(host) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            host.Complain($"the command was not kept: {e.Message}");
        }
    }

    /// <summary>With the environment variables that stand for options, as a POSIX shell takes it.</summary>
    private static string Typed(CommandHost host)
    {
        var names = OptionTable.Entries.Select(entry => "DISTNET_" + entry.Name.Replace('-', '_').ToUpperInvariant()).ToHashSet();
        var variables = host.Environment.Where(variable => names.Contains(variable.Key)).OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => $"{variable.Key}={CommandText.Quoted(variable.Value)}");
        return string.Join(' ', [.. variables, "distnet", .. host.Arguments.Select(CommandText.Quoted)]);
    }
}
