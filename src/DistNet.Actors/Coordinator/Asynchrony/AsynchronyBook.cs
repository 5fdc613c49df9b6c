using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>How far apart reading and updating are in a run, and who waits for whom. Watches; decides nothing.</summary>
internal sealed class AsynchronyBook(RunPlan plan)
{
    /// <summary>Units of each lane until the first ones, which nothing had aged yet, do not matter any more.</summary>
    private const int UnitsToMeasure = 8;

    private readonly StalenessBook _staleness = new();
    private readonly DriftBook _drift = new(plan.Map.Partitions.Length);
    private readonly WaitCauses _causes = new();
    private readonly WaitingBook _waiting = new();
    private RulePhase _phase;

    /// <summary>A copy of the histogram, for a record that outlives this book.</summary>
    public IReadOnlyList<long> StalenessCounts => _staleness.Counts;

    /// <summary>
    /// Mean staleness since the generation began, and so under one rule; before enough is measured what the rule lets expect, and null where it
    /// leaves that open.
    /// </summary>
    public double? PresentStaleness => _staleness.FreshUnits >= UnitsToMeasure * plan.Lanes
        ? _staleness.FreshMean
        : plan.Rules[_phase.Number].MeanStaleness(plan.Lanes);

    /// <summary>A copy.</summary>
    public Asynchrony Summary => new(_staleness.Summary, _drift.Summary, Momentum(_staleness.Mean), _waiting.Summary);

    /// <summary>A generation begins at this cut.</summary>
    public void Restore(CompleteCut cut, RulePhase phase)
    {
        _phase = phase;
        _staleness.Restore(cut);
        _drift.Clear();
        _causes.Clear();
    }

    /// <summary>One update.</summary>
    /// <param name="progress">Where the run stands with it.</param>
    /// <param name="placement">Who hosts the lane that it waited for.</param>
    public void OnAdvanced(in Progress progress, in Placement placement)
    {
        _staleness.Add(progress);
        if (progress.LastLane >= 0 && placement.Workers is { Count: > 0 })
        {
            _causes.Set(progress.Version, placement.HostOf(progress.LastLane, plan.Lanes).Index);
        }
    }

    /// <summary>The run is looked at. By barriers it stops at this version for that: who begins on it then has waited for no worker.</summary>
    public void OnMilestone(long version)
    {
        if (plan.IsBarrier(_phase))
        {
            _causes.Set(version, -1);
        }
    }

    /// <summary>The update's distance; null until every partition has said its part.</summary>
    public DriftMeasured? OnDrift(in Drift drift) => _drift.Add(drift) ? new DriftMeasured(drift.Version, _drift.Summary!.Latest) : null;

    /// <param name="worker">Whose report it is.</param>
    /// <param name="report">The report.</param>
    /// <param name="isFirst">It is the worker's first of the step.</param>
    public UnitObserved OnReport(int worker, in Report report, bool isFirst)
    {
        var unit = new UnitObserved(
            worker, report.Step, report.Samples, report.ComputeTime, report.WaitTime, _causes.Of(report.ReadVersion, worker));
        _waiting.Add(unit);
        if (plan.Rules[_phase.Number] is BarrierRule rule && (isFirst || rule.StepsPerUpdate > 1))
        {
            // Who reports a step a second time helps: the others wait for the one that is helped.
            _causes.Set(report.ReadVersion + 1, worker);
        }

        return unit;
    }

    private static double Momentum(double staleness) => staleness / (1 + staleness);
}
