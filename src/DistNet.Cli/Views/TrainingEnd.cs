using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>The end of a run: the result as asked for, and the exit code.</summary>
internal static class TrainingEnd
{
    /// <param name="result">What the run came to.</param>
    /// <param name="options">How it was asked for.</param>
    /// <param name="host">Where it is said.</param>
    public static async Task<int> PrintAsync(TrainingResult result, TrainingOptions options, CommandHost host)
    {
        var report = await ReportEnd.MakeAsync(result.Run, options.NoReport, host);
        if (options.Format == OutputFormat.Json)
        {
            host.Out.WriteLine(result.ToJson());
        }
        else
        {
            TrainingSummary.Write(host.Out, result);
            ReportEnd.Write(report, host);
        }

        if (result.Stopped)
        {
            host.Complain(result.Virtual
                ? "stopped; a simulated run cannot go on"
                : $"stopped with a checkpoint; go on with: distnet train --resume {result.Run}");
        }

        return result.Stopped ? ExitCode.Interrupted : ExitCode.Done;
    }
}
