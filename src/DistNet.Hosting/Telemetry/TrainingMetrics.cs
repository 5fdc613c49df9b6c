using System.Diagnostics.Metrics;

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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<InstrumentRow> Table { get; } =
    [
        StepDuration, ComputeDuration, WaitDuration, Staleness, Loss, SamplesApplied, SamplesDropped, Drift, ImplicitMomentum, Curvature, StableRate,
        Generations,
    ];

    internal static Meter Meter { get; } = new(MeterName);
}

/// <summary>One instrument.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit, as in UCUM.</param>
/// <param name="Tags">Names of its tags.</param>
/// <param name="Description">What it counts.</param>
public sealed record InstrumentRow(string Name, string Unit, IReadOnlyList<string> Tags, string Description);
