using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>Chooses how a run is watched: a live table on a terminal, else one plain line an epoch, or nothing.</summary>
internal static class TrainingView
{
    public static Task<TrainingResult> RunAsync(TrainingOptions options, CommandHost host, Func<ITrainingProgress, Task<TrainingResult>> train)
    {
        if (!host.CanDraw || options.Quiet)
        {
            return train(new PlainProgress(host.Error, options.EvalEvery, options.Quiet));
        }

        var view = new LiveProgress(options.EvalEvery);
        return host.DrawAsync(view, () => train(view));
    }
}
