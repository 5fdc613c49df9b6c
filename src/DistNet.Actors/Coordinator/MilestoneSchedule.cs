namespace DistNet.Actors;

/// <summary>
/// Where a run must be looked at: evaluations and cuts. Under a barrier rule the versions are known beforehand and the run stops at
/// them; under a sequenced rule they are noticed as they pass.
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
    public bool IsCutDue(long version, bool epochEnded, TimeSpan now) =>
        plan.Cuts.Enabled && version > _lastCutVersion && (plan.Cuts.EverySteps is { } every
            ? version / every > _lastCutVersion / every
            : epochEnded && now - _lastCut >= plan.Cuts.AtMostEvery);

    /// <summary>A run that takes cuts ends with one.</summary>
    public bool IsLastCutDue(long version) => plan.Cuts.Enabled && version > _lastCutVersion;

    /// <summary>Barrier rules: the next version after this one at which something may be due.</summary>
    public long NextStop(long version, TimeSpan now)
    {
        var stop = plan.TotalVersions;
        if (plan.TestSamples > 0)
        {
            stop = Math.Min(stop, NextMultiple(version, (long)plan.EvaluateEvery * plan.Schedule.StepsPerEpoch));
        }

        if (plan.Cuts.Enabled)
        {
            stop = Math.Min(stop, NextCut(version, now));
        }

        return stop;
    }

    private long NextCut(long version, TimeSpan now) => plan.Cuts.EverySteps is { } every
        ? NextMultiple(version, every)
        : now - _lastCut >= plan.Cuts.AtMostEvery ? NextMultiple(version, plan.Schedule.StepsPerEpoch) : long.MaxValue;

    private static long NextMultiple(long version, long period) => ((version / period) + 1) * period;
}
