using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>
/// s = beta2 s + (1 - beta2) g^2; w = w - rate g / (sqrt(s) + epsilon) (Tieleman and Hinton 2012; torch.optim.RMSprop,
/// not centred, with alpha = beta2).
/// </summary>
internal sealed class RmsPropOptimizer(OptimizerSpec spec) : Optimizer("square_avg")
{
    public override void Apply(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> newWeights,
        Span<float> slot0,
        Span<float> slot1,
        in UpdateContext context) =>
        ElementLoop.Run(new Rule(spec, context.Rate), weights, gradient, newWeights, slot0, slot1);

    private readonly struct Rule(OptimizerSpec spec, float rate) : IElementRule
    {
        private readonly float _beta = (float)spec.Beta2;
        private readonly float _rest = (float)(1 - spec.Beta2);
        private readonly float _epsilon = (float)spec.Epsilon;

        public static int SlotCount => 1;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1)
        {
            slot0 = (_beta * slot0) + (_rest * (gradient * gradient));
            return weight - (rate * gradient / (Vector256.Sqrt(slot0) + Vector256.Create(_epsilon)));
        }
    }
}
