using System.Diagnostics;

namespace DistNet.Hosting;

/// <summary>
/// The spans of the activity source <see cref="SourceName"/>: one table of names and tags. docs/metrics.md says what they mean. There is none for a single
/// step: steps are what the histograms are for.
/// </summary>
public static class TrainingTraces
{
    /// <summary>The same as the meter's.</summary>
    public const string SourceName = TrainingMetrics.MeterName;

    internal const string RunTag = "distnet.run";
    internal const string ModeTag = "distnet.mode";
    internal const string LanesTag = "distnet.lanes";
    internal const string PartitionsTag = "distnet.partitions";
    internal const string SamplesTag = "distnet.samples";
    internal const string VersionTag = "distnet.version";
    internal const string GenerationTag = "distnet.generation";
    internal const string EpochTag = "distnet.epoch";
    internal const string TrainLossTag = "distnet.loss.train";
    internal const string TestLossTag = "distnet.loss.test";
    internal const string AccuracyTag = "distnet.accuracy.test";
    internal const string ActorTag = "distnet.actor";
    internal const string LifeTag = "distnet.life";

    /// <summary>Only on a span that was ended by something else than its own end.</summary>
    internal const string OutcomeTag = "distnet.outcome";

    public static readonly SpanRow Run = new("distnet.run", [RunTag, ModeTag, LanesTag, PartitionsTag, VersionTag, SamplesTag], "A run, from its beginning to its end, whatever that is.");

    public static readonly SpanRow Recovery = new("distnet.recovery", [GenerationTag, VersionTag], "No step could run until a generation was in force.");

    public static readonly SpanRow Epoch = new("distnet.epoch", [EpochTag, VersionTag, TrainLossTag], "An epoch, or the rest of one after a recovery.");

    public static readonly SpanRow Evaluation = new("distnet.evaluation", [VersionTag, EpochTag, TestLossTag, AccuracyTag], "A version is evaluated on the test part.");

    public static readonly SpanRow Cut = new("distnet.cut", [VersionTag], "A cut, until it is durable.");

    public static readonly SpanRow Actor = new("distnet.actor", [RunTag, ActorTag, LifeTag], "One life of an actor on a node of a cluster.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SpanRow> Table { get; } = [Run, Recovery, Epoch, Evaluation, Cut, Actor];

    private static ActivitySource Source { get; } = new(SourceName);

    /// <summary>
    /// Begins a span; null where nobody listens. Threads of a run come and go between its spans, so that no span is ever the current one of a
    /// thread, and each is told its parent.
    /// </summary>
    /// <param name="row">Which.</param>
    /// <param name="parent">What it is part of; default: nothing.</param>
    internal static Activity? Begin(SpanRow row, ActivityContext parent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var current = Activity.Current;
        Activity.Current = null;
        var span = Source.StartActivity(row.Name, ActivityKind.Internal, parent);
        Activity.Current = current;
        return span;
    }

    /// <summary>Ends a span.</summary>
    internal static void End(Activity span)
    {
        var current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }
}

/// <summary>One kind of span.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tags">Names of its tags.</param>
/// <param name="Description">What it spans.</param>
public sealed record SpanRow(string Name, IReadOnlyList<string> Tags, string Description);
