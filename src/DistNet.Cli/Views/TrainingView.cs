using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>Chooses how a run is watched: a live table on a terminal, else one plain line an epoch, or nothing.</summary>
internal static class TrainingView
{
    public static Task<TrainingResult> RunAsync(TrainingOptions options, CommandHost host, Func<ITrainingProgress, Task<TrainingResult>> train)
    {
        var plain = new PlainProgress(host.Error, options.EvalEvery, options.Quiet);
        return host.IsTerminal && !options.Quiet && !host.IsSet("NO_COLOR")
            ? LiveProgress.RunAsync(host.Error, options.EvalEvery, train)
            : train(plain);
    }
}
