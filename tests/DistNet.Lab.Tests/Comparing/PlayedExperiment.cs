using DistNet.Hosting;

namespace DistNet.Lab.Tests;

/// <summary>Runs that only report: asp with seed 2 diverges at version 7.</summary>
internal sealed class PlayedExperiment : IExperiment
{
    public List<TrainingOptions> Runs { get; } = [];

    /// <summary>Called before each run.</summary>
    public Action<int> Before { get; init; } = _ => { };

    /// <summary>Whether runs under bsp leave service times: two workers, 25 samples in 10 ms. A run that is asked to stop leaves none.</summary>
    public bool RecordsTimes { get; init; }

    public string Verb => "train";

    public Task<TrainingResult> RunAsync(TrainingOptions options, ITrainingProgress progress, CancellationToken stop)
    {
        Before(Runs.Count);
        Runs.Add(options);
        var folder = RunFolder.Create(options, "x", default);
        if (RecordsTimes && options.Mode == "bsp")
        {
            ServiceTimesFile.Write(folder.ServiceTimesPath, Enumerable.Range(0, stop.IsCancellationRequested ? 0 : 100).Select(i => new ServiceTime(i % 2, i / 2, 25, 10)));
            using var metrics = MetricsWriter.Open(folder.MetricsPath);
            metrics.Epoch(new EpochReport(1, 1, 60, 0.5, null, null, 2000, []));
        }

        progress.Started(new(folder.Root, "64-64-10", 10, "digits", 1437, 360, options.Mode, 2, 1, 2, 3, 60, 0));
        progress.Step(new(7, 60, 350, 3000, 1));
        if (options is { Mode: "asp", Seed: 2 })
        {
            throw new TrainingFailedException("The output of layer 1 is not finite at step 7. Lower the learning rate (--lr).");
        }

        if (options is { Mode: "asp", Seed: 3 })
        {
            throw new TrainingFailedException("the node is gone");
        }

        for (var epoch = 1; epoch <= 3; epoch++)
        {
            progress.Epoch(new(epoch, 3, epoch * 20, 1.0 / epoch, 0.5, 0.3 * epoch, 2000, []) { Samples = epoch * 1000, Seconds = epoch * (double)options.Seed });
        }

        return Task.FromResult(Result(options, folder.Root, stop.IsCancellationRequested));
    }

    private static TrainingResult Result(TrainingOptions options, string run, bool stopped) => new()
    {
        Run = run,
        Mode = options.Mode,
        Workers = 2,
        Servers = 1,
        Lanes = 2,
        Epochs = 3,
        Steps = 60,
        Samples = 3000,
        Seconds = 1.5,
        SamplesPerSecond = 2000,
        TrainLoss = 1.0 / 3,
        TestLoss = 0.5,
        TestAccuracy = 0.9,
        WeightsSha256 = $"hash-{options.Mode}-{options.Seed}",
        Parameters = 10,
        StalenessMean = options.Mode == "asp" ? 1 : 0,
        Ledger = new(4000, 3000, 1000, 0, 0, 0),
        LossHistory = [],
        Stopped = stopped,
    };
}
