using System.Numerics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>scale * (x, or alpha (e^x - 1) below 0), whose layers keep mean 0 and variance 1 (Klambauer et al. 2017).</summary>
internal readonly struct Selu : IActivation
{
    private const float Scale = 1.0507009873554805f;
    private const float ScaledAlpha = Scale * 1.6732632423543773f;

    public static bool SlopeNeedsInput => false;

    public static Vector<float> Value(Vector<float> input) =>
        Vector.ConditionalSelect(Vector.GreaterThan(input, Vector<float>.Zero), input * Scale, VectorFunctions.ExpM1(input) * ScaledAlpha);

    public static Vector<float> Slope(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), new Vector<float>(Scale), value + new Vector<float>(ScaledAlpha));
}
