using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>Chooses how a run is watched: a live table on a terminal, else one plain line an epoch, or nothing.</summary>
internal static class TrainingView
{
    public static async Task<TrainingResult> RunAsync(TrainingOptions options, CommandHost host, Func<ITrainingProgress, Task<TrainingResult>> train)
    {
        var begun = new BegunRun(host);
        try
        {
            return await WatchAsync(options, host, progress => train(new ProgressPair(begun, progress)));
        }
        catch (TrainingFailedException) when (begun.Folder is not null)
        {
            await ReportFailedAsync(begun.Folder, options, host);
            throw;
        }
    }

    private static Task<TrainingResult> WatchAsync(TrainingOptions options, CommandHost host, Func<ITrainingProgress, Task<TrainingResult>> train)
    {
        if (!host.CanDraw || options.Quiet)
        {
            return train(new PlainProgress(host.Error, options.EvalEvery, options.Quiet));
        }

        var view = new LiveProgress(options.EvalEvery);
        return host.DrawAsync(view, () => train(view));
    }

    /// <summary>How a run came to fail can be seen in what it left.</summary>
    private static async Task ReportFailedAsync(string folder, TrainingOptions options, CommandHost host)
    {
        if (await ReportEnd.MakeAsync(folder, options.NoReport, host) is { } report && !options.Quiet)
        {
            host.Complain($"how far the run came: {report}");
        }
    }

    /// <summary>Keeps the command as soon as the run has its folder, where that is here: whoever is killed leaves it.</summary>
    private sealed class BegunRun(CommandHost host) : ITrainingProgress
    {
        /// <summary>Null: it has not begun.</summary>
        public string? Folder { get; private set; }

        public void Started(RunDescription description)
        {
            Folder = description.Run;
            if (Directory.Exists(Folder))
            {
                ReportEnd.KeepCommand(Folder, host);
            }
        }

        public void Epoch(EpochReport report)
        {
        }

        public void Step(in StepReport report)
        {
        }

        public void Notice(string line)
        {
        }
    }
}
