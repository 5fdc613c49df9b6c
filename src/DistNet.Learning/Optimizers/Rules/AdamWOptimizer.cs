namespace DistNet.Learning;

/// <summary>
/// Adam with decoupled weight decay: w is multiplied by 1 - rate x decay before Adam's step (Loshchilov and Hutter
/// 2019; torch.optim.AdamW).
/// </summary>
internal sealed class AdamWOptimizer(OptimizerSpec spec) : Optimizer("exp_avg", "exp_avg_sq")
{
    public override void Apply(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> newWeights,
        Span<float> slot0,
        Span<float> slot1,
        in UpdateContext context)
    {
        var keep = (float)(1 - ((double)context.Rate * context.WeightDecay));
        ElementLoop.Run(new AdamRule(spec, context, keep), weights, gradient, newWeights, slot0, slot1);
    }
}
