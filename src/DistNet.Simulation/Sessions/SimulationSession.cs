using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>One simulated training run, from options to result: data, run folder, actors, report. What training does, on a virtual clock.</summary>
public static class SimulationSession
{
    /// <summary>Time until others notice that a connection is closed.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Simulates. Throws <see cref="UsageException"/> for what the caller can put right, <see cref="TrainingFailedException"/> when the run
    /// cannot be carried to its end.
    /// </summary>
    /// <param name="training">Checked options. Nothing is resumed, and threads do not count: one thread does all.</param>
    /// <param name="options">The simulated cluster.</param>
    /// <param name="progress">Told how the run goes.</param>
    /// <param name="stop">Ends the run soon, in good order; the result says so.</param>
    public static Task<TrainingResult> RunAsync(TrainingOptions training, SimulateOptions options, ITrainingProgress progress, CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(training, options, progress, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static TrainingResult Run(TrainingOptions training, SimulateOptions options, ITrainingProgress progress, CancellationToken stop)
    {
        if (training.Resume is not null)
        {
            throw new UsageException("--resume: a simulated run cannot go on; begin it again");
        }

        var data = DataLoader.Load(training);
        var summary = DataSummary.Of(data);
        var setup = options.Watch(SetupOf(training, options, data, RunPlanner.Plan(training, summary)));
        var folder = RunFolder.Create(training, RunAccount.NameOf(training, summary), DateTime.Now);
        using var checkpoints = options.Objective is null ? RealRun(folder, summary, setup.Plan) : null;
        using var trace = options.TracePath is null ? null : ChromeTrace.Create(options.TracePath, setup);
        progress.Started(RunAccount.Describe(training, summary, setup.Plan, folder.Root, firstVersion: 0));
        using var metrics = MetricsWriter.Open(folder.MetricsPath);
        var watched = setup with
        {
            Watcher = trace,
            Storing = checkpoints is null ? null : checkpoints.Keep,
            Faulted = (now, place, fault) => progress.Notice(FormattableString.Invariant($"fault: faults[{place}] {fault}, after {now.TotalSeconds:F3} s")),
        };
        var run = Simulator.Run(watched, progress, stop, metrics);
        checkpoints?.Finish();
        if (run.Result.Failure is { } failure)
        {
            throw new TrainingFailedException(failure);
        }

        var result = ResultOf(training, setup, folder.Root, run);
        folder.WriteResult(result);
        return result;
    }

    /// <summary>Only what is really trained can be used later: it has a model and a checkpoint.</summary>
    private static MirroredCheckpoints RealRun(RunFolder folder, DataSummary summary, RunPlan plan)
    {
        folder.WriteModel(summary.Model);
        return new MirroredCheckpoints(plan, folder);
    }

    private static SimulationSetup SetupOf(TrainingOptions training, SimulateOptions options, LoadedData data, RunPlan real)
    {
        var setup = CalmSetupOf(training, options, data, real);
        return options.Faults is not { } faults ? setup : setup with
        {
            // What is lost is found again as on a cluster: cuts come by the clock, and others have copies of what a node keeps.
            Plan = setup.Plan with { Cuts = real.Cuts, Replicates = true, HelpsLateWorkers = true },
            Options = setup.Options with { SharesMemory = false, Faults = faults, Detection = DelayLaw.Constant(Noticed) },
        };
    }

    private static SimulationSetup CalmSetupOf(TrainingOptions training, SimulateOptions options, LoadedData data, RunPlan real)
    {
        var simulated = new SimulationOptions { Seed = training.Seed, Service = options.Service, Links = options.Links, SharesMemory = true };
        if (options.Objective is not { } objective)
        {
            // Cuts by the clock would hold a run up at times that mean nothing here.
            var plan = real with { Cuts = new CutPolicy(true, training.CheckpointEvery ?? real.TotalVersions(default), TimeSpan.Zero) };
            return new SimulationSetup(plan, training.Workers, _ => new WholeBatchRunner(plan, data)) { Options = simulated };
        }

        return new SimulationSetup(StandIn.Replace(real, objective, training.Servers), training.Workers, plan => StandIn.CreateRunner(plan, objective))
        {
            Options = simulated with { Links = options.Links with { RealParameters = real.Layout.Length } },
        };
    }

    private static TrainingResult ResultOf(TrainingOptions training, SimulationSetup setup, string folder, SimulatedRun run) =>
        RunAccount.Result(training, setup.Plan, folder, run.Observed, run.Result.VirtualTime) with
        {
            Virtual = true,
            Events = run.Result.Events,
            EventsPerSecond = run.EventsPerSecond,
        };

    /// <summary>The real network; takes the rows of a whole batch, whichever worker's.</summary>
    private sealed class WholeBatchRunner : IWorkRunner
    {
        private readonly NetworkRunners _runners;
        private readonly IWorkRunner _runner;

        public WholeBatchRunner(RunPlan plan, LoadedData data)
        {
            _runners = new NetworkRunners(plan, data.Train, data.Test, workers: 1, threads: 1);
            _runner = _runners.Create(ComputeTeam.Alone);
        }

        public bool Run(Protocol.NetworkWork order, IWorkSink sink) => _runner.Run(order, sink);

        public void Dispose()
        {
            _runner.Dispose();
            _runners.Dispose();
        }
    }
}
