using System.Numerics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>x, or e^x - 1 below 0 (Clevert et al. 2016, alpha = 1), with slope y + 1 there.</summary>
internal readonly struct Elu : IActivation
{
    public static bool SlopeNeedsInput => false;

    public static Vector<float> Value(Vector<float> input) =>
        Vector.ConditionalSelect(Vector.GreaterThan(input, Vector<float>.Zero), input, VectorFunctions.ExpM1(input));

    public static Vector<float> Slope(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), Vector<float>.One, value + Vector<float>.One);
}
