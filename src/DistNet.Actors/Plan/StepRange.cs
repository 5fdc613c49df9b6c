using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Consecutive global batches, First up to End - 1.</summary>
public readonly record struct StepRange(long First, long End)
{
    public int Count => (int)(End - First);
}

/// <summary>Under a barrier rule the version says which global batches form the next update.</summary>
public static class UpdateSteps
{
    /// <summary>The first global batch of the update that follows a version.</summary>
    public static long StepOf(this RunPlan plan, RulePhase phase, long version) =>
        Math.Min(plan.TotalBatches, phase.FirstStep + ((version - phase.FirstVersion) * plan.StepsPerUpdate(phase)));

    /// <summary>The global batches of the update that follows a version; fewer where the run ends.</summary>
    public static StepRange StepsOf(this RunPlan plan, RulePhase phase, long version) =>
        new(plan.StepOf(phase, version), plan.StepOf(phase, version + 1));

    /// <summary>The version that has the batches before this one: the first with all of them.</summary>
    public static long VersionAt(this RunPlan plan, RulePhase phase, long step)
    {
        var steps = plan.StepsPerUpdate(phase);
        return phase.FirstVersion + ((step - phase.FirstStep + steps - 1) / steps);
    }

    public static int StepsPerUpdate(this RunPlan plan, RulePhase phase) => ((BarrierRule)plan.Rules[phase.Number]).StepsPerUpdate;

    /// <summary>Samples of whole batches.</summary>
    public static int SamplesOf(this RunPlan plan, StepRange steps) =>
        (int)(plan.Schedule.SamplesBefore(steps.End) - plan.Schedule.SamplesBefore(steps.First));

    /// <summary>Rows that the lanes under a node hold in these batches.</summary>
    public static int SamplesOf(this RunPlan plan, StepRange steps, TreeNode node)
    {
        var samples = 0;
        for (var step = steps.First; step < steps.End; step++)
        {
            samples += plan.SamplesOf(step, node);
        }

        return samples;
    }

    /// <summary>Rows that these lanes hold in these batches.</summary>
    public static int SamplesOf(this RunPlan plan, StepRange steps, LaneRange lanes)
    {
        var samples = 0;
        for (var step = steps.First; step < steps.End; step++)
        {
            samples += plan.SamplesOf(step, lanes);
        }

        return samples;
    }
}
