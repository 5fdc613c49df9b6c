using System.Numerics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>log(1 + e^x), as max(x, 0) + log(1 + e^-|x|), which neither overflows nor cancels; its slope is the sigmoid of x.</summary>
internal readonly struct Softplus : IActivation
{
    public static bool SlopeNeedsInput => true;

    public static Vector<float> Value(Vector<float> input) =>
        Vector.Max(input, Vector<float>.Zero) + VectorFunctions.LogP1(VectorFunctions.Exp(-Vector.Abs(input)));

    public static Vector<float> Slope(Vector<float> input) => VectorFunctions.Sigmoid(input);
}
