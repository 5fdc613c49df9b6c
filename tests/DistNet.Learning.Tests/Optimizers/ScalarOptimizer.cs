namespace DistNet.Learning.Tests;

/// <summary>The judge: each rule on one element, in plain scalar floats. Shipped code must give these bits.</summary>
internal static class ScalarOptimizer
{
    public static float Next(OptimizerSpec spec, UpdateContext at, float w, float g, ref float s0, ref float s1)
    {
        var momentum = (float)spec.Momentum;
        var epsilon = (float)spec.Epsilon;
        switch (spec.Kind)
        {
            case OptimizerKind.Sgd:
                return w - (at.Rate * g);
            case OptimizerKind.Momentum:
                s0 = (momentum * s0) + g;
                return w - (at.Rate * s0);
            case OptimizerKind.Nesterov:
                s0 = (momentum * s0) + g;
                return w - (at.Rate * (g + (momentum * s0)));
            case OptimizerKind.Adagrad:
                s0 += g * g;
                return w - (at.Rate * g / (MathF.Sqrt(s0) + epsilon));
            case OptimizerKind.RmsProp:
                s0 = ((float)spec.Beta2 * s0) + ((float)(1 - spec.Beta2) * (g * g));
                return w - (at.Rate * g / (MathF.Sqrt(s0) + epsilon));
            default:
                return Adam(spec, at, w, g, ref s0, ref s1);
        }
    }

    private static float Adam(OptimizerSpec spec, UpdateContext at, float w, float g, ref float s0, ref float s1)
    {
        double power1 = 1, power2 = 1;
        for (var i = 0; i < at.Step; i++)
        {
            power1 *= spec.Beta1;
            power2 *= spec.Beta2;
        }

        s0 = ((float)spec.Beta1 * s0) + ((float)(1 - spec.Beta1) * g);
        s1 = ((float)spec.Beta2 * s1) + ((float)(1 - spec.Beta2) * (g * g));
        var decay = spec.Kind == OptimizerKind.AdamW ? at.WeightDecay : 0;
        var keep = (float)(1 - ((double)at.Rate * decay));
        var root = (MathF.Sqrt(s1) / (float)Math.Sqrt(1 - power2)) + (float)spec.Epsilon;
        return (keep * w) - ((float)(at.Rate / (1 - power1)) * s0 / root);
    }
}
