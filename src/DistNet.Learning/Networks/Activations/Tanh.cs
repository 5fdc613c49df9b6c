using System.Numerics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>Hyperbolic tangent, with slope 1 - y^2.</summary>
internal readonly struct Tanh : IActivation
{
    public static bool SlopeNeedsInput => false;

    public static Vector<float> Value(Vector<float> input) => VectorFunctions.Tanh(input);

    public static Vector<float> Slope(Vector<float> value) => Vector<float>.One - (value * value);
}
