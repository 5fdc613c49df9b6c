using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>What draws weights to a center (EASGD: Zhang, Choromanska, LeCun 2015, arXiv 1412.6651).</summary>
public static class ElasticStep
{
    /// <summary>-a (x - c): what a lane adds to its weights, and what is subtracted from the center.</summary>
    /// <param name="weights">x.</param>
    /// <param name="center">c; as long as the weights.</param>
    /// <param name="result">Memory of its own.</param>
    /// <param name="elasticity">a.</param>
    public static void Pull(ReadOnlySpan<float> weights, ReadOnlySpan<float> center, Span<float> result, float elasticity) =>
        ElementLoop.Run(new Rule(elasticity), weights, center, result);

    private readonly struct Rule(float elasticity) : IElementRule
    {
        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1) =>
            elasticity * (gradient - weight);
    }
}
