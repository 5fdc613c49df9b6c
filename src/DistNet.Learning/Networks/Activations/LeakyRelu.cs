using System.Numerics;

namespace DistNet.Learning;

/// <summary>x, or 0.01 x below 0 (Maas et al. 2013).</summary>
internal readonly struct LeakyRelu : IActivation
{
    private const float Leak = 0.01f;

    public static bool SlopeNeedsInput => false;

    public static Vector<float> Value(Vector<float> input) =>
        Vector.ConditionalSelect(Vector.GreaterThan(input, Vector<float>.Zero), input, input * Leak);

    public static Vector<float> Slope(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), Vector<float>.One, new Vector<float>(Leak));
}
