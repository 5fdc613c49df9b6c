using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Where a run ends. Under barrier rules that is known beforehand; where lanes take units as they come free, or units are dropped, it is estimated.</summary>
public static class RunLength
{
    /// <summary>True when nothing will begin any more.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="cut">Where it stands, with the phase that is in force from there on.</param>
    public static bool IsAtEnd(this RunPlan plan, CompleteCut cut) => plan.EndVersion is null && !plan.IsBarrier(cut.Phase)
        ? cut.LaneClocks?.All(clock => clock >= plan.TotalBatches) ?? cut.Phase.FirstStep >= plan.TotalBatches
        : plan.IsAtEnd(cut.Phase, cut.Version);

    /// <summary>The same where the version tells it: updates are counted, or the rule is a barrier.</summary>
    internal static bool IsAtEnd(this RunPlan plan, RulePhase phase, long version) => plan.EndVersion is { } end
        ? version >= end
        : plan.StepOf(phase, version) >= plan.TotalBatches;

    /// <summary>No update past this version in this phase; exact under a barrier rule, else an upper bound.</summary>
    public static long LastVersion(this RunPlan plan, RulePhase phase)
    {
        var last = Math.Min(plan.Rules.EndOf(phase.Number) ?? long.MaxValue, plan.EndVersion ?? long.MaxValue);
        return plan.EndVersion is null && plan.IsBarrier(phase) ? Math.Min(last, plan.VersionAt(phase, plan.TotalBatches)) : last;
    }

    /// <summary>Updates of the whole run, if nothing stops it; an estimate where rules choose units as they come.</summary>
    public static long TotalVersions(this RunPlan plan, RulePhase phase)
    {
        while (plan.EndVersion is null)
        {
            var exhausted = plan.VersionsOfEpochs(phase);
            if (plan.Rules.EndOf(phase.Number) is not { } end || exhausted <= end)
            {
                return exhausted;
            }

            phase = new RulePhase(phase.Number + 1, end, plan.EstimatedStep(phase, end));
        }

        return plan.EndVersion.Value;
    }

    /// <summary>The phase in force after a cut: the next one where the cut is at the end of its own.</summary>
    public static CompleteCut Continue(this RunPlan plan, CompleteCut cut)
    {
        if (plan.Rules.EndOf(cut.Phase.Number) is not { } end || cut.Version < end)
        {
            return cut;
        }

        var first = plan.PhaseStarts?[cut.Phase.Number + 1].FirstStep ?? cut.LaneClocks?.Max() ?? plan.StepOf(cut.Phase, cut.Version);
        return cut with
        {
            Phase = new RulePhase(cut.Phase.Number + 1, cut.Version, first),
            LaneClocks = null,
            Dropped = cut.Dropped with { Skipped = cut.Dropped.Skipped + plan.SkippedUpTo(first, cut.LaneClocks) },
        };
    }

    /// <summary>Samples of a run of <see cref="RunPlan.Steps"/> updates, as the rules' full updates have them.</summary>
    internal static long ScheduledSamples(RunPlan plan)
    {
        var (samples, version) = (0L, 0L);
        for (var number = 0; number < plan.Rules.Count && version < plan.Steps; number++)
        {
            var end = Math.Min(plan.Rules.EndOf(number) ?? long.MaxValue, plan.Steps!.Value);
            samples += (end - version) * UnitsPerUpdate(plan, plan.Rules[number]) * plan.Schedule.BatchSize / plan.Lanes;
            version = end;
        }

        return samples;
    }

    /// <summary>Where steps are counted a lane's stream has no end, and nothing that was planned is left out.</summary>
    private static DropCount SkippedUpTo(this RunPlan plan, long step, IReadOnlyList<long>? clocks)
    {
        var skipped = default(DropCount);
        for (var lane = 0; plan.Steps is null && lane < (clocks?.Count ?? 0); lane++)
        {
            for (var missed = clocks![lane]; missed < step; missed++)
            {
                var samples = plan.SamplesOf(missed, TreeNode.Leaf(lane));
                skipped = samples > 0 ? skipped.Add(samples) : skipped;
            }
        }

        return skipped;
    }

    private static long VersionsOfEpochs(this RunPlan plan, RulePhase phase) => plan.Rules[phase.Number] switch
    {
        BarrierRule => plan.VersionAt(phase, plan.TotalBatches),
        SequencedRule { UpdatesAreSteps: true } => phase.FirstVersion + plan.TotalBatches - phase.FirstStep,
        SequencedRule rule => phase.FirstVersion + Quotient(plan.UnitsBefore(plan.TotalBatches) - plan.UnitsBefore(phase.FirstStep), rule.UnitsPerUpdate(plan.Lanes)),
        var rule => throw new InvalidOperationException($"Unknown rule {rule.Name}."),
    };

    private static long Quotient(long units, int each) => (units + each - 1) / each;

    private static long EstimatedStep(this RunPlan plan, RulePhase phase, long version) => plan.IsBarrier(phase)
        ? plan.StepOf(phase, version)
        : phase.FirstStep + ((version - phase.FirstVersion) * UnitsPerUpdate(plan, plan.Rules[phase.Number]) / plan.Lanes);

    private static long UnitsPerUpdate(RunPlan plan, UpdateRule rule) => rule switch
    {
        BarrierRule barrier => (long)barrier.StepsPerUpdate * plan.Lanes,
        SequencedRule sequenced => sequenced.UnitsPerUpdate(plan.Lanes),
        _ => 1,
    };

    /// <summary>Units of all lanes in the batches before this one.</summary>
    private static long UnitsBefore(this RunPlan plan, long step)
    {
        var schedule = plan.Schedule;
        var full = plan.NonEmptyLanes(0);
        var last = plan.NonEmptyLanes(schedule.StepsPerEpoch - 1);
        return (schedule.Epoch(step) * (((schedule.StepsPerEpoch - 1L) * full) + last)) + (schedule.BatchIndex(step) * (long)full);
    }

    /// <summary>Lanes with rows in the batch of a step.</summary>
    internal static int NonEmptyLanes(this RunPlan plan, long step) => Math.Min(plan.Lanes, plan.Schedule.BatchLength(step));
}
