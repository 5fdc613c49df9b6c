using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// How long everything takes in a simulated cluster, and what goes wrong in it. Equal options give the same run, event by event. As it stands
/// only computing takes time, and nothing goes wrong.
/// </summary>
public sealed record SimulationOptions
{
    public ulong Seed { get; init; }

    /// <summary>Time of a gradient.</summary>
    public ServiceModel Service { get; init; } = new();

    /// <summary>Time of an evaluation, whatever its size; of a slow worker the multiple of it.</summary>
    public DelayLaw Evaluation { get; init; } = DelayLaw.Zero;

    /// <summary>Time of a server's work on one chunk that is too long for its turn.</summary>
    public DelayLaw ServerWork { get; init; } = DelayLaw.Zero;

    public LinkModel Links { get; init; } = LinkModel.Free;

    /// <summary>Time until stored data is durable. A disk writes one thing after the other.</summary>
    public DelayLaw Store { get; init; } = DelayLaw.Zero;

    /// <summary>Time until a peer notices that a node is gone or back.</summary>
    public DelayLaw Detection { get; init; } = DelayLaw.Zero;

    /// <summary>What goes wrong on purpose, counted from the run's first generation; null: nothing.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Time after which a life that was declared over, because a link broke or it was silent, is followed by the next.</summary>
    public DelayLaw Rejoin { get; init; } = DelayLaw.Constant(TimeSpan.FromMilliseconds(200));

    /// <summary>Silence after which a node that stands still is given up.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Kills, in any order.</summary>
    public IReadOnlyList<Kill> Kills { get; init; } = [];

    /// <summary>Probability that a store under way when its node is killed leaves a torn item, instead of the old or the new one.</summary>
    public double TearProbability { get; init; } = 0.5;

    /// <summary>Probability that a kill also spoils one durable cut of the node.</summary>
    public double SpoilProbability { get; init; }

    /// <summary>Probability that a node that is killed comes back with an empty disk.</summary>
    public double LoseDiskProbability { get; init; }

    /// <summary>A run that has not ended by then hangs.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.MaxValue;

    /// <summary>
    /// All nodes use one memory, and a message hands its tensor over as within one process: faster, and the same bits. Not with kills,
    /// duplicates or a plan of faults, which need what each node holds to be its own.
    /// </summary>
    public bool SharesMemory { get; init; }

    /// <summary>A cluster whose every part takes a random, exponential time; for tests of what may not depend on any order.</summary>
    public static SimulationOptions Jittery(ulong seed) => new()
    {
        Seed = seed,
        Service = ServiceModel.Of(DelayLaw.Exponential(TimeSpan.FromMilliseconds(1))),
        Evaluation = DelayLaw.Exponential(TimeSpan.FromMilliseconds(1)),
        ServerWork = DelayLaw.Exponential(TimeSpan.FromMicroseconds(100)),
        Links = new LinkModel { Latency = DelayLaw.Shifted(TimeSpan.FromMicroseconds(50), TimeSpan.FromMicroseconds(200)) },
        Store = DelayLaw.Exponential(TimeSpan.FromMilliseconds(2)),
        Detection = DelayLaw.Exponential(TimeSpan.FromMilliseconds(5)),
        Deadline = TimeSpan.FromMinutes(10),
    };
}

/// <summary>A node loses all it has not stored, and comes back after a while.</summary>
public readonly record struct Kill(TimeSpan At, NodeName Node, TimeSpan Downtime)
{
    /// <summary>Whoever is away for so long is away for good.</summary>
    internal static readonly TimeSpan ForGood = TimeSpan.FromDays(1);

    /// <summary>The same as part of a plan.</summary>
    /// <param name="began">When the first generation opened.</param>
    internal KillFault ToFault(TimeSpan began) =>
        new(FaultStart.Time(At - began), NodeSet.Of(new ActorId(Node.Role, Node.Index)), Downtime < ForGood ? Downtime : null);
}
