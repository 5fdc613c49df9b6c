using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>
/// m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
/// w = keep w - rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
/// (Kingma and Ba 2015, with epsilon placed as in torch.optim.Adam). The corrections are computed once, in double.
/// </summary>
/// <param name="spec">The decays and epsilon.</param>
/// <param name="context">Rate and number of the update.</param>
/// <param name="keep">What the weight is multiplied by first: 1, or 1 - rate x decay under AdamW.</param>
internal readonly struct AdamRule(OptimizerSpec spec, in UpdateContext context, float keep) : IElementRule
{
    private readonly float _keep = keep;
    private readonly float _beta1 = (float)spec.Beta1;
    private readonly float _rest1 = (float)(1 - spec.Beta1);
    private readonly float _beta2 = (float)spec.Beta2;
    private readonly float _rest2 = (float)(1 - spec.Beta2);
    private readonly float _epsilon = (float)spec.Epsilon;
    private readonly float _rate = (float)(context.Rate / (1 - IntegerPower.Of(spec.Beta1, context.Step)));
    private readonly float _root = (float)Math.Sqrt(1 - IntegerPower.Of(spec.Beta2, context.Step));

    public static int SlotCount => 2;

    public Vector256<float> Next(
        Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1)
    {
        slot0 = (_beta1 * slot0) + (_rest1 * gradient);
        slot1 = (_beta2 * slot1) + (_rest2 * (gradient * gradient));
        var root = (Vector256.Sqrt(slot1) / _root) + Vector256.Create(_epsilon);
        return (_keep * weight) - (_rate * slot0 / root);
    }
}
