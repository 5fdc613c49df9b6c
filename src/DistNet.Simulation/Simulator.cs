using System.Diagnostics;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Runs the real actors on a virtual clock. Equal setups give equal runs, bit for bit and event by event.</summary>
public static class Simulator
{
    /// <summary>Runs until the run has ended. What went wrong in the run is in the result; it writes nothing.</summary>
    /// <param name="setup">The run.</param>
    /// <param name="progress">Told how the run goes; to tell it that the run has started is the caller's matter.</param>
    /// <param name="stop">Asks the run to end soon, in good order.</param>
    /// <param name="metrics">Takes a line for each epoch or step; null: nobody.</param>
    public static SimulatedRun Run(SimulationSetup setup, ITrainingProgress progress, CancellationToken stop = default, MetricsWriter? metrics = null)
    {
        var watch = Stopwatch.StartNew();
        var time = new VirtualTime();
        var observer = new RunObserver(setup.Plan, RunAccount.EpochsOf(setup.Plan), progress, metrics, time: time);
        using var runner = setup.CreateRunner(setup.Plan);
        using var host = new SimulationHost(BlueprintOf(setup, runner), setup.Options)
        {
            Observer = (now, envelope) =>
            {
                time.Now = now;
                Observe(setup, observer, now, envelope);
            },
            Tracer = setup.Tracer,
            Watcher = setup.Watcher,
            Storing = setup.Storing,
            Faulted = setup.Faulted,
        };
        return new SimulatedRun(host.Run(stop), observer, watch.Elapsed);
    }

    private static ClusterBlueprint BlueprintOf(SimulationSetup setup, IWorkRunner runner)
    {
        var blueprint = new ClusterBlueprint(setup.Plan, setup.Workers, () => new LentRunner(runner));
        return setup.Wrap is null ? blueprint : blueprint with { Wrap = setup.Wrap };
    }

    private static void Observe(SimulationSetup setup, RunObserver observer, TimeSpan now, Envelope envelope)
    {
        setup.Observer?.Invoke(now, envelope);
        if (envelope is Envelope<RunCompleted> completed)
        {
            // The observer releases them, and so does the host.
            foreach (var partition in completed.Message.Partitions)
            {
                partition.Retain();
            }
        }

        // That somebody waits is no news where waiting is what is studied; in virtual time seconds are soon over.
        if (envelope is not Envelope<Waiting>)
        {
            observer.Observe(envelope);
        }
    }

    /// <summary>What is reported about a run counts its seconds, not those of whoever simulates it.</summary>
    private sealed class VirtualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    /// <summary>One thread computes for all workers, so one runner is enough; it outlives their lives.</summary>
    private sealed class LentRunner(IWorkRunner runner) : IWorkRunner
    {
        public bool Run(NetworkWork order, IWorkSink sink) => runner.Run(order, sink);

        public void Dispose()
        {
        }
    }
}
