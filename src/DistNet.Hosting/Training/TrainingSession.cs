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
        var summary = DataSummary.Of(data);
        var plan = RunPlanner.Plan(options, summary);
        var (folder, resumed) = options.Resume is null
            ? (NewFolder(options, summary), null)
            : ResumedRun.Open(options.Resume, plan, summary, progress.Notice);
        var checkpoints = new CheckpointFolder(folder);
        var storage = new CheckpointStorage(plan, checkpoints, resumed, UpdateLogFile.Open(folder.UpdatesPath));
        using var metrics = MetricsWriter.Open(folder.MetricsPath, resumed?.Version ?? 0);
        progress.Started(RunAccount.Describe(options, summary, plan, folder.Root, resumed?.Version ?? 0));
        var observer = new RunObserver(plan, RunAccount.EpochsOf(plan), progress, metrics);
        var threads = options.Threads ?? Environment.ProcessorCount;
        using var runners = new NetworkRunners(plan, data.Train, data.Test, options.Workers, threads);
        var hostOptions = new ActorHostOptions(options.Workers, threads, runners.Create, observer.Observe);
        using (var host = new InProcessHost(plan, hostOptions, storage, TimeProvider.System))
        {
            host.Run(stop);
        }

        checkpoints.ListMetrics();
        if (observer.Failure is { } failure)
        {
            throw new TrainingFailedException(failure);
        }

        var result = RunAccount.Result(options, plan, folder.Root, observer, watch.Elapsed);
        folder.WriteResult(result);
        return result;
    }

    private static RunFolder NewFolder(TrainingOptions options, DataSummary data)
    {
        var folder = RunFolder.Create(options, RunAccount.NameOf(options, data), DateTime.Now);
        folder.WriteModel(data.Model);
        return folder;
    }
}
