using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Actors;

/// <summary>
/// Plain-SGD steps that a lane takes by itself: no momentum, penalty or clipping. The rate is that of the step's place in the plan, so that it
/// does not depend on who computes when.
/// </summary>
internal sealed class LocalRates(RunPlan plan)
{
    /// <summary>The learning rate at a global batch.</summary>
    public float At(long step) => LearningRate.At(
        plan.LearningRate, plan.Schedule.SamplesBefore(step), plan.ScheduleSamples, plan.Schedule.BatchLength(step));

    public float Ratio(long step, long first) => At(step) / At(first);

    /// <summary>
    /// A step on the lane's own shard: w - rate g / samples of the shard; where the loss is a sum, the shard stands for the whole batch.
    /// </summary>
    /// <param name="step">The global batch.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="weights">A range of the lane's weights.</param>
    /// <param name="gradient">Gradient of that range, summed over the shard.</param>
    /// <param name="next">Where the new weights go.</param>
    public void Step(long step, int lane, ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, Span<float> next)
    {
        var samples = plan.SamplesOf(step, TreeNode.Leaf(lane));
        var whole = plan.Network.Loss.Reduction == Reduction.Sum ? plan.Schedule.BatchLength(step) : 1f;
        LocalStep.Apply(weights, gradient, next, At(step) * (whole / samples));
    }

    /// <summary>What the lane's shard will contribute to the update of its batch: w - rate g / samples of the batch.</summary>
    /// <inheritdoc cref="Step"/>
    public void Contribution(long step, ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, Span<float> next) =>
        LocalStep.Apply(weights, gradient, next, At(step) / plan.DivisorOf(plan.Schedule.BatchLength(step)));
}
