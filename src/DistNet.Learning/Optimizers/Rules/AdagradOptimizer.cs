using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>
/// s = s + g^2; w = w - rate g / (sqrt(s) + epsilon) (Duchi, Hazan and Singer 2011; torch.optim.Adagrad with no decay
/// of the rate).
/// </summary>
internal sealed class AdagradOptimizer(OptimizerSpec spec) : Optimizer("sum")
{
    private readonly float _epsilon = (float)spec.Epsilon;

    public override void Apply(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> newWeights,
        Span<float> slot0,
        Span<float> slot1,
        in UpdateContext context) =>
        ElementLoop.Run(new Rule(context.Rate, _epsilon), weights, gradient, newWeights, slot0, slot1);

    private readonly struct Rule(float rate, float epsilon) : IElementRule
    {
        public static int SlotCount => 1;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1)
        {
            slot0 += gradient * gradient;
            return weight - (rate * gradient / (Vector256.Sqrt(slot0) + Vector256.Create(epsilon)));
        }
    }
}
