using System.Diagnostics.Metrics;
using System.Numerics;

namespace DistNet.Hosting;

/// <summary>
/// The instruments of the meter <see cref="MeterName"/>: one table of names, units and tags. docs/metrics.md says what they mean. A process has one of
/// each; in virtual time durations are virtual.
/// </summary>
public static class TrainingMetrics
{
    public const string MeterName = "DistNet.Training";

    /// <summary>Tag: name of the worker.</summary>
    public const string WorkerTag = "worker";

    /// <summary>Tag: name of the worker that was waited for, or "other".</summary>
    public const string CauseTag = "cause";

    /// <summary>Tag: why samples were dropped: late, unused or skipped.</summary>
    public const string ReasonTag = "reason";

    /// <summary>Tag: control, data or shared.</summary>
    public const string PlaneTag = "plane";

    /// <summary>Tag: name of the node at the other end.</summary>
    public const string PeerTag = "peer";

    /// <summary>Tag: name of a node.</summary>
    public const string NodeTag = "node";

    /// <summary>Tag: name of an actor.</summary>
    public const string ActorTag = "actor";

    public static readonly InstrumentRow StepDuration = new("distnet.step.duration", "s", [], "Time from one update to the next, while steps could run.");

    public static readonly InstrumentRow ComputeDuration = new("distnet.unit.compute", "s", [WorkerTag], "Time of a worker's piece of work on gradients.");

    public static readonly InstrumentRow WaitDuration = new("distnet.unit.wait", "s", [WorkerTag, CauseTag], "Time that a worker had nothing to do before it.");

    public static readonly InstrumentRow Staleness = new("distnet.unit.staleness", "{update}", [], "Version applied to minus version computed from, of a unit.");

    public static readonly InstrumentRow Loss = new("distnet.loss", "1", [], "Mean train loss of the last update's samples.");

    public static readonly InstrumentRow SamplesApplied = new("distnet.samples.applied", "{sample}", [], "Samples applied, those included that were rolled back later.");

    public static readonly InstrumentRow SamplesDropped = new("distnet.samples.dropped", "{sample}", [ReasonTag], "Samples planned and never applied.");

    public static readonly InstrumentRow Drift = new("distnet.weights.drift", "1", [], "Euclidean distance of the weights between reading and updating, every 32nd update.");

    public static readonly InstrumentRow ImplicitMomentum = new("distnet.momentum.implicit", "1", [], "Momentum that staleness amounts to, estimated at the end of each epoch.");

    public static readonly InstrumentRow Curvature = new("distnet.loss.curvature", "1", [], "Greatest eigenvalue of the Hessian of the loss and its penalty, estimated.");

    public static readonly InstrumentRow StableRate = new("distnet.learning_rate.stable", "1", [], "Learning rate below which a run is stable at that curvature and the present staleness.");

    public static readonly InstrumentRow Generations = new("distnet.generations", "{generation}", [], "Generations opened: the first, and one for each recovery or change of rule.");

    public static readonly InstrumentRow PushDuration = new("distnet.push.duration", "s", [PeerTag], "From when a piece of a gradient was handed to the data plane until it had left.");

    public static readonly InstrumentRow BytesSent = new("distnet.plane.sent", "By", [PlaneTag, PeerTag], "Bytes sent to another node.");

    public static readonly InstrumentRow BytesReceived = new("distnet.plane.received", "By", [PlaneTag, PeerTag], "Bytes received from another node.");

    public static readonly InstrumentRow QueueLength = new("distnet.queue.length", "{message}", [PlaneTag, PeerTag], "Messages that wait for another node.");

    public static readonly InstrumentRow QueueSize = new("distnet.queue.size", "By", [PlaneTag, PeerTag], "Bytes of tensors that wait for another node.");

    public static readonly InstrumentRow Restarts = new("distnet.restarts", "{life}", [NodeTag], "Lives of a node after its first.");

    public static readonly InstrumentRow ActorLives = new("distnet.actor.lives", "{life}", [ActorTag], "Lives of actors that began on this node.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<InstrumentRow> Table { get; } =
    [
        StepDuration, ComputeDuration, WaitDuration, Staleness, Loss, SamplesApplied, SamplesDropped, Drift, ImplicitMomentum, Curvature, StableRate,
        Generations, PushDuration, BytesSent, BytesReceived, QueueLength, QueueSize, Restarts, ActorLives,
    ];

    private static Meter Meter { get; } = new(MeterName);

    /// <summary>Bounds of buckets, for those who want them, that tell apart what is usual here: staleness in whole numbers, times from 10 us on.</summary>
    private static double[] BoundsOf(InstrumentRow row) => row.Unit == "{update}"
        ? [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256]
        : [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

    internal static Histogram<T> Histogram<T>(InstrumentRow row)
        where T : struct, INumber<T> => Meter.CreateHistogram(
            row.Name, row.Unit, row.Description, advice: new InstrumentAdvice<T> { HistogramBucketBoundaries = [.. BoundsOf(row).Select(T.CreateChecked)] });

    internal static Gauge<double> Gauge(InstrumentRow row) => Meter.CreateGauge<double>(row.Name, row.Unit, row.Description);

    internal static Counter<long> Counter(InstrumentRow row) => Meter.CreateCounter<long>(row.Name, row.Unit, row.Description);

    internal static void Observe(InstrumentRow row, Func<IEnumerable<Measurement<long>>> measure) => Meter.CreateObservableUpDownCounter(row.Name, measure, row.Unit, row.Description);
}

/// <summary>One instrument.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit, as in UCUM.</param>
/// <param name="Tags">Names of its tags.</param>
/// <param name="Description">What it counts.</param>
public sealed record InstrumentRow(string Name, string Unit, IReadOnlyList<string> Tags, string Description);
