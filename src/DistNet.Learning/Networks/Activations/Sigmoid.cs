using System.Numerics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>1 / (1 + e^-x), with slope y (1 - y).</summary>
internal readonly struct Sigmoid : IActivation
{
    public static bool SlopeNeedsInput => false;

    public static Vector<float> Value(Vector<float> input) => VectorFunctions.Sigmoid(input);

    public static Vector<float> Slope(Vector<float> value) => value * (Vector<float>.One - value);
}
