namespace DistNet.Learning;

/// <summary><see cref="AdamRule"/> without decay of the weights.</summary>
internal sealed class AdamOptimizer(OptimizerSpec spec) : Optimizer("exp_avg", "exp_avg_sq")
{
    public override void Apply(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> newWeights,
        Span<float> slot0,
        Span<float> slot1,
        in UpdateContext context) =>
        ElementLoop.Run(new AdamRule(spec, context, keep: 1), weights, gradient, newWeights, slot0, slot1);
}
