using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>
/// DC-ASGD (Zheng et al. 2017, arXiv 1609.08326): what the gradient g, computed on older weights w', would about be on the weights w now:
/// g + l g o g o (w - w'). On sums over n samples it is s + (l / n) s o s o (w - w'), which is n times that.
/// </summary>
public static class DelayCompensation
{
    private const float Epsilon = 1e-7f;

    /// <summary>The compensated sum of one unit.</summary>
    /// <param name="sum">Sum of the gradients of the unit's samples, computed on <paramref name="read"/>.</param>
    /// <param name="weights">Weights now.</param>
    /// <param name="read">Weights that the unit was computed on.</param>
    /// <param name="meanSquare">
    /// DC-ASGD-a: the running mean of g o g, zero before the first unit; it is updated, and l is divided by its root. Empty: DC-ASGD-c, l is constant.
    /// </param>
    /// <param name="result">Where it goes; memory of its own.</param>
    /// <param name="lambda">l.</param>
    /// <param name="decay">m of the running mean.</param>
    /// <param name="samples">n, or 1 where the loss is a sum.</param>
    public static void Apply(
        ReadOnlySpan<float> sum,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> read,
        Span<float> meanSquare,
        Span<float> result,
        float lambda,
        float decay,
        float samples)
    {
        ElementLoop.Run(default(Subtract), weights, read, result);
        if (meanSquare.IsEmpty)
        {
            ElementLoop.Run(new Constant(lambda, samples), sum, result, result);
        }
        else
        {
            ElementLoop.Run(new Adaptive(lambda, decay, samples), sum, result, result, meanSquare);
        }
    }

    private readonly struct Subtract : IElementRule
    {
        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1) => weight - gradient;
    }

    private readonly struct Constant(float lambda, float samples) : IElementRule
    {
        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1) =>
            weight + ((lambda * (weight / Vector256.Create(samples))) * weight * gradient);
    }

    private readonly struct Adaptive(float lambda, float decay, float samples) : IElementRule
    {
        public static int SlotCount => 1;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1)
        {
            var mean = weight / Vector256.Create(samples);
            var square = mean * mean;
            slot0 = (decay * slot0) + ((1 - decay) * square);
            var factor = Vector256.Create(lambda) / Vector256.Sqrt(slot0 + Vector256.Create(Epsilon));
            return weight + ((factor * mean) * weight * gradient);
        }
    }
}
