using System.Numerics;

namespace DistNet.Learning;

/// <summary>max(x, 0) (Nair and Hinton 2010); the slope at 0 is 0.</summary>
internal readonly struct Relu : IActivation
{
    public static bool SlopeNeedsInput => false;

    public static Vector<float> Value(Vector<float> input) => Vector.Max(input, Vector<float>.Zero);

    public static Vector<float> Slope(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero);
}
