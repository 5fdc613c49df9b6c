namespace DistNet.Simulation;

/// <summary>Everything a simulated cluster can do to its actors. Equal options give the same run, event by event.</summary>
public sealed record SimulationOptions
{
    public ulong Seed { get; init; }

    /// <summary>Least time a message between nodes takes.</summary>
    public TimeSpan DelayMin { get; init; } = TimeSpan.FromMicroseconds(50);

    /// <summary>Mean of the exponential time on top of it; two messages of one link may so change places.</summary>
    public TimeSpan DelayMean { get; init; } = TimeSpan.FromMicroseconds(200);

    /// <summary>Probability that a message between nodes arrives a second time.</summary>
    public double DuplicateProbability { get; init; }

    /// <summary>Mean time of a gradient or an evaluation; exponential.</summary>
    public TimeSpan WorkMean { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Mean time of a server's work on one chunk; exponential.</summary>
    public TimeSpan TensorWorkMean { get; init; } = TimeSpan.FromMicroseconds(100);

    /// <summary>Workers that take <see cref="SlowFactor"/> times as long.</summary>
    public IReadOnlySet<NodeName> SlowWorkers { get; init; } = new HashSet<NodeName>();

    public double SlowFactor { get; init; } = 10;

    /// <summary>Mean time until stored data is durable; exponential. A disk writes one thing after the other.</summary>
    public TimeSpan StoreMean { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Mean time until a peer notices that a node is gone or back; exponential.</summary>
    public TimeSpan DetectionMean { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Kills, in any order.</summary>
    public IReadOnlyList<Kill> Kills { get; init; } = [];

    /// <summary>Probability that a store under way when its node is killed leaves a torn item, instead of the old or the new one.</summary>
    public double TearProbability { get; init; } = 0.5;

    /// <summary>Probability that a kill also spoils one durable cut of the node.</summary>
    public double SpoilProbability { get; init; }

    /// <summary>Probability that a node that is killed comes back with an empty disk.</summary>
    public double LoseDiskProbability { get; init; }

    /// <summary>A run that has not ended by then hangs.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>A node loses all it has not stored, and comes back after a while.</summary>
public readonly record struct Kill(TimeSpan At, NodeName Node, TimeSpan Downtime);
