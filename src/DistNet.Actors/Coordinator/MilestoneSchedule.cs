namespace DistNet.Actors;

/// <summary>
/// Where a run must be looked at: evaluations and cuts. Under a barrier rule the run stops at such a version, which is known beforehand
/// unless a cut is due by the clock; under a sequenced rule they are noticed as they pass.
/// </summary>
internal sealed class MilestoneSchedule(RunPlan plan)
{
    private long _lastCutVersion;
    private TimeSpan _lastCut;

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
        var stop = plan.TotalVersions;
        if (plan.TestSamples > 0)
        {
            stop = Math.Min(stop, NextMultiple(version, (long)plan.EvaluateEvery * plan.Schedule.StepsPerEpoch));
        }

        if (plan.Cuts is { Enabled: true, EverySteps: { } every })
        {
            stop = Math.Min(stop, NextMultiple(version, every));
        }

        return stop;
    }

    private bool IsTimeForCut(TimeSpan now) =>
        plan.Cuts is { Enabled: true, EverySteps: null } && now - _lastCut >= plan.Cuts.AtMostEvery;

    private static long NextMultiple(long version, long period) => ((version / period) + 1) * period;
}
