using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>w - factor g, element by element: what lanes do to weights of their own. The bits do not depend on how the vector is cut into ranges.</summary>
public static class LocalStep
{
    /// <param name="weights">w.</param>
    /// <param name="gradient">g; as long as the weights.</param>
    /// <param name="result">May be the memory of the weights.</param>
    /// <param name="factor">Rate over samples, or elasticity.</param>
    public static void Apply(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, Span<float> result, float factor) =>
        ElementLoop.Run(new Rule(factor), weights, gradient, result);

    private readonly struct Rule(float factor) : IElementRule
    {
        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1) =>
            weight - (factor * gradient);
    }
}
