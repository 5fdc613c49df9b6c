using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>
/// v = momentum v + g; w = w - rate v (Polyak 1964, in the form of torch.optim.SGD without dampening: the rate is
/// outside the velocity, so a change of rate acts at once).
/// </summary>
internal sealed class MomentumOptimizer(OptimizerSpec spec) : Optimizer("velocity")
{
    private readonly float _momentum = (float)spec.Momentum;

    public override void Apply(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> newWeights,
        Span<float> slot0,
        Span<float> slot1,
        in UpdateContext context) =>
        ElementLoop.Run(new Rule(context.Rate, _momentum), weights, gradient, newWeights, slot0, slot1);

    private readonly struct Rule(float rate, float momentum) : IElementRule
    {
        public static int SlotCount => 1;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1)
        {
            slot0 = (momentum * slot0) + gradient;
            return weight - (rate * slot0);
        }
    }
}
