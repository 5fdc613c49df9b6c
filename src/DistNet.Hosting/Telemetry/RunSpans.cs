using System.Diagnostics;
using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Turns what the actors observe into spans: the run, and in it recoveries, epochs, evaluations and cuts. Every one that begins ends, at the latest
/// with this object. Not for several threads.
/// </summary>
public sealed class RunSpans : IDisposable
{
    private const string Interrupted = "interrupted";

    private readonly Activity _run;
    private Activity? _recovery;
    private Activity? _epoch;
    private Activity? _evaluation;
    private Activity? _cut;

    private RunSpans(Activity run) => _run = run;

    /// <summary>The run's span, as others name it as their parent (W3C trace context).</summary>
    public string? Context => _run.Id;

    /// <summary>Begins the span of a run; null where nobody listens.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="plan">The run.</param>
    /// <param name="context">Of the life of the run before this one; null: this is the first.</param>
    public static RunSpans? Begin(string name, RunPlan plan, string? context = null)
    {
        ActivityContext.TryParse(context, null, isRemote: true, out var parent);
        return TrainingTraces.Begin(TrainingTraces.Run, parent) is { } run ? new RunSpans(Describe(run, name, plan)) : null;
    }

    public void Observe(Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<GenerationAwaited>:
                OnAwaited();
                break;
            case Envelope<GenerationOpened> opened:
                OnOpened(opened.Message);
                break;
            case Envelope<EpochEnded> ended:
                OnEpoch(ended.Message);
                break;
            case Envelope<MilestoneBegan> began:
                OnMilestone(began.Message);
                break;
            case Envelope<Scored> scored:
                OnScored(scored.Message);
                break;
            case Envelope<CutTaken> taken:
                End(ref _cut, (TrainingTraces.VersionTag, taken.Message.Version));
                break;
            case Envelope<CutUnreadable> unreadable:
                Note(_recovery ?? _run, "cut unreadable", (TrainingTraces.VersionTag, unreadable.Message.Version));
                break;
            case Envelope<RuleSwitched> switched:
                Note(_run, "rule switched", (TrainingTraces.ModeTag, switched.Message.Rule), (TrainingTraces.VersionTag, switched.Message.Version));
                break;
            case Envelope<RunFailed> failed:
                End(failed.Message.Reason);
                break;
            case Envelope<RunCompleted> completed:
                OnCompleted(completed.Message.Summary);
                break;
        }
    }

    /// <summary>Ends the run, unless it has ended, as failed.</summary>
    public void End(string reason) => EndRun(ActivityStatusCode.Error, reason);

    public void Dispose() => End("it was not carried to its end");

    private static Activity Describe(Activity run, string name, RunPlan plan) => run
        .SetTag(TrainingTraces.RunTag, name)
        .SetTag(TrainingTraces.ModeTag, plan.Rules.Name)
        .SetTag(TrainingTraces.LanesTag, plan.Lanes)
        .SetTag(TrainingTraces.PartitionsTag, plan.Map.Partitions.Length);

    private static void Note(Activity span, string what, params ReadOnlySpan<(string Name, object Value)> tags)
    {
        var all = new ActivityTagsCollection();
        foreach (var (name, value) in tags)
        {
            all.Add(name, value);
        }

        span.AddEvent(new ActivityEvent(what, tags: all));
    }

    private static void End(ref Activity? span, params ReadOnlySpan<(string Name, object Value)> tags)
    {
        if (span is null)
        {
            return;
        }

        foreach (var (name, value) in tags)
        {
            span.SetTag(name, value);
        }

        TrainingTraces.End(span);
        span = null;
    }

    private static void Interrupt(ref Activity? span) => End(ref span, (TrainingTraces.OutcomeTag, Interrupted));

    private Activity? Begin(SpanRow row) => TrainingTraces.Begin(row, _run.Context);

    private void OnAwaited()
    {
        Interrupt(ref _epoch);
        Interrupt(ref _evaluation);
        Interrupt(ref _cut);
        _recovery ??= Begin(TrainingTraces.Recovery);
    }

    private void OnOpened(in GenerationOpened opened)
    {
        End(ref _recovery, (TrainingTraces.GenerationTag, opened.Generation), (TrainingTraces.VersionTag, opened.Version));
        _epoch = Begin(TrainingTraces.Epoch);
    }

    private void OnEpoch(in EpochEnded ended)
    {
        End(ref _epoch, (TrainingTraces.EpochTag, ended.Epoch), (TrainingTraces.VersionTag, ended.Version), (TrainingTraces.TrainLossTag, ended.TrainLoss));
        _epoch = ended.IsLast ? null : Begin(TrainingTraces.Epoch);
    }

    private void OnMilestone(in MilestoneBegan began)
    {
        if (began.Evaluate)
        {
            Interrupt(ref _evaluation);
            _evaluation = Begin(TrainingTraces.Evaluation)?.SetTag(TrainingTraces.VersionTag, began.Version);
        }

        if (began.Cut)
        {
            Interrupt(ref _cut);
            _cut = Begin(TrainingTraces.Cut)?.SetTag(TrainingTraces.VersionTag, began.Version);
        }
    }

    private void OnScored(in Scored scored) => End(
        ref _evaluation,
        (TrainingTraces.VersionTag, scored.Version),
        (TrainingTraces.EpochTag, scored.Epoch),
        (TrainingTraces.TestLossTag, scored.TestLoss),
        (TrainingTraces.AccuracyTag, scored.TestAccuracy));

    private void OnCompleted(RunSummary summary)
    {
        if (!_run.IsStopped)
        {
            _run.SetTag(TrainingTraces.VersionTag, summary.Version).SetTag(TrainingTraces.SamplesTag, summary.Samples);
        }

        EndRun(ActivityStatusCode.Ok, null);
    }

    private void EndRun(ActivityStatusCode status, string? reason)
    {
        if (_run.IsStopped)
        {
            return;
        }

        Interrupt(ref _recovery);
        Interrupt(ref _epoch);
        Interrupt(ref _evaluation);
        Interrupt(ref _cut);
        _run.SetStatus(status, reason);
        TrainingTraces.End(_run);
    }
}
