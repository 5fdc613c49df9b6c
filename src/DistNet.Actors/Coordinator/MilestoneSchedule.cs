using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Where a run must be looked at: evaluations and cuts. Under a barrier rule the run stops at such a version, which is known beforehand
/// unless a cut is due by the clock; under a sequenced rule they are noticed as they pass.
/// </summary>
internal sealed class MilestoneSchedule(RunPlan plan)
{
    private RulePhase _phase;
    private long _leftOut;
    private long _lastCutVersion;
    private TimeSpan _lastCut;

    /// <summary>The run goes on from this cut.</summary>
    public void Open(CompleteCut cut, TimeSpan now)
    {
        _phase = cut.Phase;
        _leftOut = plan.IsBarrier(_phase) ? plan.Schedule.SamplesBefore(plan.StepOf(_phase, cut.Version)) - cut.Samples : 0;
        OnCut(cut.Version, now);
    }

    public void OnCut(long version, TimeSpan now)
    {
        _lastCutVersion = version;
        _lastCut = now;
    }

    public bool EvaluatesAfter(int epochs) => plan.TestSamples > 0 && epochs % plan.EvaluateEvery == 0;

    /// <summary>Whether a cut is due at this version.</summary>
    public bool IsCutDue(long version, TimeSpan now) =>
        plan.Cuts.Enabled && version > _lastCutVersion && (plan.Cuts.EverySteps is { } every
            ? version / every > _lastCutVersion / every
            : IsTimeForCut(now));

    /// <summary>The last cut was of this version.</summary>
    public bool IsCut(long version) => version == _lastCutVersion;

    /// <summary>A run that takes cuts ends with one.</summary>
    public bool IsLastCutDue(long version) => plan.Cuts.Enabled && version > _lastCutVersion;

    /// <summary>
    /// Barrier rules: the next version after this one to stop at. Where a cut is due by the clock it is the one up to which lanes may have
    /// begun already: nobody is held back before it.
    /// </summary>
    public long NextStop(long version, long horizon, TimeSpan now) => IsTimeForCut(now)
        ? Math.Min(NextStop(version), Math.Max(horizon, version + 1))
        : NextStop(version);

    /// <summary>Barrier rules: the next version after this one at which something is due, whatever the clock says.</summary>
    public long NextStop(long version)
    {
        var stop = plan.LastVersion(_phase);
        if (plan.TestSamples > 0)
        {
            stop = Math.Min(stop, NextEvaluation(version));
        }

        if (plan.Cuts is { Enabled: true, EverySteps: { } every })
        {
            stop = Math.Min(stop, NextMultiple(version, every));
        }

        return stop;
    }

    /// <summary>Epochs are counted in samples applied; a rule before this one may have left some out.</summary>
    private long NextEvaluation(long version)
    {
        var applied = plan.Schedule.SamplesBefore(plan.StepOf(_phase, version)) - _leftOut;
        var due = NextMultiple(applied, (long)plan.EvaluateEvery * plan.Schedule.Samples);
        return plan.VersionAt(_phase, plan.Schedule.StepAfter(due + _leftOut));
    }

    private bool IsTimeForCut(TimeSpan now) =>
        plan.Cuts is { Enabled: true, EverySteps: null } && now - _lastCut >= plan.Cuts.AtMostEvery;

    private static long NextMultiple(long version, long period) => ((version / period) + 1) * period;
}
