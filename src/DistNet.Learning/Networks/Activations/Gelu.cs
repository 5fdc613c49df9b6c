using System.Numerics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// Gaussian error linear unit in its tanh form: x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) (Hendrycks and Gimpel 2016).
/// </summary>
internal readonly struct Gelu : IActivation
{
    private const float Root = 0.7978845608028654f;
    private const float Cubic = 0.044715f;

    // Past it tanh is 1 in every bit; cutting here keeps 0 * infinity out of the slope.
    private const float Flat = 16;

    public static bool SlopeNeedsInput => true;

    public static Vector<float> Value(Vector<float> input) => input * Gate(input);

    public static Vector<float> Slope(Vector<float> input)
    {
        var x = Vector.Min(Vector.Max(input, new Vector<float>(-Flat)), new Vector<float>(Flat));
        var gate = Gate(x);
        var inner = Root * (Vector<float>.One + (3 * Cubic * x * x));
        return gate + (2f * x * gate * (Vector<float>.One - gate) * inner);
    }

    /// <summary>(1 + tanh u) / 2, which is the sigmoid of 2u: no cancellation for large negative u.</summary>
    private static Vector<float> Gate(Vector<float> x) => VectorFunctions.Sigmoid(2 * Root * (x + (Cubic * x * x * x)));
}
