using System.Diagnostics;
using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>One training run in this process, from options to result: data, what keeps it, actors, report.</summary>
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
        RunAsync(options, new SessionParts(), progress, stop);

    /// <summary>The same for a program that has the data, or is to have the trained network, in its memory.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="parts">What is in memory.</param>
    /// <param name="progress">Told how the run goes.</param>
    /// <param name="stop">Ends the run soon, in good order and with a checkpoint; the result says so.</param>
    public static Task<TrainingResult> RunAsync(TrainingOptions options, SessionParts parts, ITrainingProgress progress, CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(options, parts, progress, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static TrainingResult Run(TrainingOptions options, SessionParts parts, ITrainingProgress progress, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var data = parts.Load(options);
        var summary = DataSummary.Of(data);
        var plan = RunPlanner.Plan(options, summary);
        var initial = parts.Memory?.Latest is null ? InitialWeights.For(options, plan.Layout) : null;
        options = options.StartingFrom(initial);
        plan = plan.StartingFrom(initial);
        using var keeper = RunKeeper.Open(options, parts.Memory, plan, summary, initial, progress.Notice);
        progress.Started(RunAccount.Describe(options, summary, plan, keeper.Root, keeper.Resumed?.Version ?? 0));
        using var spans = RunSpans.Begin(keeper.Name, plan);
        var observer = new RunObserver(plan, RunAccount.EpochsOf(plan), progress, keeper.Metrics);
        var threads = options.Threads ?? Environment.ProcessorCount;
        using var runners = new NetworkRunners(plan, data.Train, data.Test, options.Workers, threads);
        var hostOptions = new ActorHostOptions(options.Workers, threads, runners.Create, spans is null ? observer.Observe : Observe);
        using (var host = new InProcessHost(plan, hostOptions, keeper.OpenStorage(), TimeProvider.System))
        {
            host.Run(stop);
        }

        keeper.Finish();
        if (observer.Failure is { } failure)
        {
            throw new TrainingFailedException(failure);
        }

        var result = RunAccount.Result(options, plan, keeper.Root, observer, watch.Elapsed);
        keeper.Keep(result);
        return result;

        void Observe(Envelope envelope)
        {
            spans.Observe(envelope);
            observer.Observe(envelope);
        }
    }
}
