using System.Numerics.Tensors;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>A gradient chunk summed over samples, and the loss of the same samples.</summary>
internal readonly record struct GradientSum(TensorSlice Values, double Loss);

/// <summary>
/// Adds the chunks that workers push for one step in the fixed tree over lanes. Adds into the pushed memory: a chunk belongs
/// to its receiver.
/// </summary>
internal sealed class GradientFold(RunPlan plan) : TreeFold<GradientSum>
{
    private long _step;

    public void Begin(long step)
    {
        DiscardAll();
        Reset(plan.Tree.Root);
        _step = step;
    }

    protected override bool IsEmpty(TreeNode node) => plan.SamplesOf(_step, node) == 0;

    protected override GradientSum Combine(GradientSum left, GradientSum right)
    {
        TensorPrimitives.Add(left.Values.Span, right.Values.Span, left.Values.Span);
        right.Values.Release();
        return left with { Loss = left.Loss + right.Loss };
    }

    protected override void Discard(GradientSum value) => value.Values.Release();
}
