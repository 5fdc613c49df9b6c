using System.Diagnostics;
using DistNet.Actors;

namespace DistNet.Hosting;

/// <summary>One training run in this process, from options to result: data, run folder, actors, report.</summary>
public static class TrainingSession
{
    /// <summary>
    /// Trains. Throws <see cref="UsageException"/> for what the caller can put right, <see cref="RunFolderException"/> for a run
    /// folder that cannot be used, <see cref="TrainingFailedException"/> when the run cannot be carried to its end.
    /// </summary>
    /// <param name="options">Checked options.</param>
    /// <param name="progress">Told how the run goes.</param>
    /// <param name="stop">Ends the run soon, in good order and with a checkpoint; the result says so.</param>
    public static Task<TrainingResult> RunAsync(TrainingOptions options, ITrainingProgress progress, CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(options, progress, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static TrainingResult Run(TrainingOptions options, ITrainingProgress progress, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var data = DataLoader.Load(options);
        var plan = RunPlanner.Plan(options, data);
        var (folder, resumed) = options.Resume is null
            ? (NewFolder(options, data), null)
            : Reopen(options.Resume, plan, data, progress);
        var checkpoints = new CheckpointFolder(folder);
        var storage = new CheckpointStorage(plan, checkpoints, resumed);
        using var metrics = MetricsWriter.Open(folder.MetricsPath, resumed?.Version ?? 0);
        var epochs = EpochsOf(plan);
        progress.Started(Describe(options, data, plan, folder, epochs, resumed?.Version ?? 0));
        var observer = new RunObserver(plan, epochs, progress, metrics);
        var threads = options.Threads ?? Environment.ProcessorCount;
        using var runners = new NetworkRunners(plan, data.Train, data.Test, options.Workers, threads);
        var hostOptions = new ActorHostOptions(options.Workers, threads, runners.Create, observer.Observe);
        using (var host = new InProcessHost(plan, hostOptions, storage, TimeProvider.System))
        {
            host.Run(stop);
        }

        checkpoints.ListMetrics();
        return observer.Summary is { } summary
            ? Result(options, plan, folder, observer, summary, watch.Elapsed)
            : throw new TrainingFailedException(observer.Failure!);
    }

    private static RunFolder NewFolder(TrainingOptions options, LoadedData data)
    {
        var name = options.Preset ?? data.Train.Info.Name;
        var folder = RunFolder.Create(options, name, DateTime.Now);
        folder.WriteModel(ModelDescription.Of(data));
        return folder;
    }

    private static (RunFolder Folder, CheckpointContent? Resumed) Reopen(
        string path, RunPlan plan, LoadedData data, ITrainingProgress progress)
    {
        var folder = RunFolder.Open(path);
        if (folder.ReadModel().DataSha256 != DataFingerprint.Of(data))
        {
            throw new UsageException($"--resume: the data of the run in {path} have changed since it began; restore them, or begin a new run");
        }

        if (!File.Exists(folder.ManifestPath))
        {
            progress.Notice($"{path} has no checkpoint yet; its run begins anew");
            return (folder, null);
        }

        var reading = new CheckpointFolder(folder).ReadLatest(plan.Layout);
        foreach (var warning in reading.Warnings)
        {
            progress.Notice(warning);
        }

        if (reading.Content.Version > plan.TotalVersions)
        {
            throw new UsageException(
                $"--{(plan.Steps is null ? "epochs" : "steps")}: the run in {path} has applied {reading.Content.Version} updates already, more than this asks for in all");
        }

        return (folder, reading.Content);
    }

    private static int EpochsOf(RunPlan plan) => plan.Steps is null
        ? plan.Epochs
        : (int)((plan.ScheduleSamples + plan.Schedule.Samples - 1) / plan.Schedule.Samples);

    private static RunDescription Describe(
        TrainingOptions options, LoadedData data, RunPlan plan, RunFolder folder, int epochs, long firstVersion) => new(
        folder.Root,
        NetworkBuilder.Describe(options, plan.Network),
        plan.Layout.Length,
        data.Train.Info.Name,
        data.Train.Count,
        data.Test?.Count ?? 0,
        plan.Rule.Name,
        options.Workers,
        options.Servers,
        plan.Lanes,
        epochs,
        plan.TotalVersions,
        firstVersion);

    private static TrainingResult Result(
        TrainingOptions options, RunPlan plan, RunFolder folder, RunObserver observer, Protocol.RunSummary summary, TimeSpan elapsed) => new()
        {
            Run = folder.Root,
            Mode = plan.Rule.Name,
            Workers = options.Workers,
            Servers = options.Servers,
            Lanes = plan.Lanes,
            Epochs = summary.History.Epochs.Count,
            Steps = summary.Version,
            Samples = summary.Samples,
            Seconds = elapsed.TotalSeconds,
            SamplesPerSecond = summary.SamplesPerSecond,
            TrainLoss = summary.TrainLoss,
            TestLoss = summary.TestLoss,
            TestAccuracy = summary.TestAccuracy,
            WeightsSha256 = observer.WeightsSha256!,
            Parameters = plan.Layout.Length,
            StalenessMean = summary.StalenessMean,
            Ledger = new LedgerReport(
            summary.Ledger.Planned,
            summary.Ledger.Applied,
            summary.Ledger.Dropped,
            summary.Ledger.Pending,
            summary.Ledger.Redispatched,
            summary.Ledger.RolledBack),
            LossHistory = plan.RecordSteps ? summary.History.Steps : summary.History.Epochs,
            Stopped = summary.Stopped,
            TestLossHistory = observer.TestLosses,
            TestAccuracyHistory = observer.TestAccuracies,
        };
}
