using System.Diagnostics;

namespace DistNet.Bench;

/// <summary>Who takes a step, and how.</summary>
/// <param name="Name">Unique among the sides of one network.</param>
/// <param name="Workers">Workers, each with a thread of its own; 0: no actors, a plain loop.</param>
/// <param name="Lanes">Logical workers.</param>
/// <param name="Rule">The update rule, as on the command line.</param>
/// <param name="Records">The sequencer's log is written to the disk.</param>
public sealed record StepSetup(string Name, int Workers, int Lanes, string Rule = "bsp", bool Records = false)
{
    public static StepSetup Plain { get; } = new("plain loop, no actors", 0, 1);

    public static StepSetup OneWorker { get; } = new("1 worker, 1 lane", 1, 1);

    public static StepSetup OneWorkerManyLanes { get; } = new("1 worker, 8 lanes", 1, 8);

    /// <summary>As many workers as threads, each with a lane.</summary>
    public static StepSetup ManyWorkers(int threads) => new($"{threads} workers, {threads} lanes", threads, threads);

    /// <summary>One worker takes the units of two lanes: nothing but recording is to differ from round to round.</summary>
    public static StepSetup Asynchronous { get; } = new("asp, 2 lanes", 1, 2, "asp");

    public static StepSetup Recorded { get; } = Asynchronous with { Name = "asp, 2 lanes, recorded", Records = true };
}

/// <summary>The sides of one network, ready to run; the owner disposes them together.</summary>
public sealed class StepSides : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public StepSides(StepNetwork network, IEnumerable<StepSetup> setups) =>
        Sides = [.. setups.Select(setup => setup.Workers == 0 ? Plain(network, setup) : Actors(network, setup))];

    public IReadOnlyList<Side> Sides { get; }

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private Side Plain(StepNetwork network, StepSetup setup)
    {
        var plain = new PlainStep(network);
        _owned.Add(plain);
        return new Side(setup.Name, steps =>
        {
            var start = Stopwatch.GetTimestamp();
            plain.Run(steps);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }

    private Side Actors(StepNetwork network, StepSetup setup)
    {
        var run = new HostedRun(network, setup);
        _owned.Add(run);
        return new Side(setup.Name, steps => run.Run(steps).Seconds);
    }
}
