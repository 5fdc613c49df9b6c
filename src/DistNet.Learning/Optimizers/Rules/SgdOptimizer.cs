using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>w = w - rate g.</summary>
internal sealed class SgdOptimizer() : Optimizer()
{
    public override void Apply(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> newWeights,
        Span<float> slot0,
        Span<float> slot1,
        in UpdateContext context) =>
        ElementLoop.Run(new Rule(context.Rate), weights, gradient, newWeights, slot0, slot1);

    private readonly struct Rule(float rate) : IElementRule
    {
        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1) =>
            weight - (rate * gradient);
    }
}
