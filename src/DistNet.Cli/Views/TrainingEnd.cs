using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>The end of a run: the result as asked for, and the exit code.</summary>
internal static class TrainingEnd
{
    public static int Print(TrainingResult result, TrainingOptions options, CommandHost host)
    {
        if (options.Format == OutputFormat.Json)
        {
            host.Out.WriteLine(result.ToJson());
        }
        else
        {
            TrainingSummary.Write(host.Out, result);
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
