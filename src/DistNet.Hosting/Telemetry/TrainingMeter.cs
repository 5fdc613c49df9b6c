using System.Diagnostics.Metrics;
using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Turns observations into measurements. Where nobody listens it does nothing but ask. Not for several threads.</summary>
internal sealed class TrainingMeter
{
    private static readonly Histogram<double> StepDuration = TrainingMetrics.Histogram<double>(TrainingMetrics.StepDuration);
    private static readonly Histogram<double> ComputeDuration = TrainingMetrics.Histogram<double>(TrainingMetrics.ComputeDuration);
    private static readonly Histogram<double> WaitDuration = TrainingMetrics.Histogram<double>(TrainingMetrics.WaitDuration);
    private static readonly Histogram<long> Staleness = TrainingMetrics.Histogram<long>(TrainingMetrics.Staleness);
    private static readonly Histogram<double> Drift = TrainingMetrics.Histogram<double>(TrainingMetrics.Drift);
    private static readonly Gauge<double> Loss = TrainingMetrics.Gauge(TrainingMetrics.Loss);
    private static readonly Gauge<double> ImplicitMomentum = TrainingMetrics.Gauge(TrainingMetrics.ImplicitMomentum);
    private static readonly Gauge<double> Curvature = TrainingMetrics.Gauge(TrainingMetrics.Curvature);
    private static readonly Gauge<double> StableRate = TrainingMetrics.Gauge(TrainingMetrics.StableRate);
    private static readonly Counter<long> SamplesApplied = TrainingMetrics.Counter(TrainingMetrics.SamplesApplied);
    private static readonly Counter<long> SamplesDropped = TrainingMetrics.Counter(TrainingMetrics.SamplesDropped);
    private static readonly Counter<long> Generations = TrainingMetrics.Counter(TrainingMetrics.Generations);

    private readonly Dictionary<int, string> _names = [];

    public void Observe(Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<Advanced> advanced:
                OnAdvanced(advanced.Message);
                break;
            case Envelope<UnitObserved> unit:
                OnUnit(unit.Message);
                break;
            case Envelope<DriftMeasured> drift:
                Drift.Record(drift.Message.Distance);
                break;
            case Envelope<AsynchronyObserved> asynchrony:
                ImplicitMomentum.Record(asynchrony.Message.SoFar.ImplicitMomentum);
                break;
            case Envelope<RateJudged> judged:
                Curvature.Record(judged.Message.Verdict.Curvature);
                StableRate.Record(judged.Message.Verdict.StableRate);
                break;
            case Envelope<GenerationOpened>:
                Generations.Add(1);
                break;
        }
    }

    private static void OnAdvanced(in Advanced advanced)
    {
        StepDuration.Record(advanced.Duration.TotalSeconds);
        Loss.Record(advanced.Loss);
        SamplesApplied.Add(advanced.UpdateSamples);
        if (Staleness.Enabled)
        {
            Record(advanced.Staleness, advanced.Units);
        }

        if (SamplesDropped.Enabled)
        {
            Drop(advanced.Dropped.Late, "late");
            Drop(advanced.Dropped.Unused, "unused");
            Drop(advanced.Dropped.Skipped, "skipped");
        }
    }

    private static void Record(IReadOnlyList<long>? staleness, long units)
    {
        for (var i = 0; i < units; i++)
        {
            Staleness.Record(staleness?[i] ?? 0);
        }
    }

    private static void Drop(DropCount count, string reason)
    {
        if (count.Samples > 0)
        {
            SamplesDropped.Add(count.Samples, new KeyValuePair<string, object?>(TrainingMetrics.ReasonTag, reason));
        }
    }

    private void OnUnit(in UnitObserved unit)
    {
        if (ComputeDuration.Enabled || WaitDuration.Enabled)
        {
            var worker = new KeyValuePair<string, object?>(TrainingMetrics.WorkerTag, NameOf(unit.Worker));
            ComputeDuration.Record(unit.Compute.TotalSeconds, worker);
            WaitDuration.Record(unit.Wait.TotalSeconds, worker, new(TrainingMetrics.CauseTag, NameOf(unit.WaitedFor)));
        }
    }

    private string NameOf(int worker)
    {
        if (!_names.TryGetValue(worker, out var name))
        {
            _names.Add(worker, name = WaitingCause.NameOf(worker));
        }

        return name;
    }
}
