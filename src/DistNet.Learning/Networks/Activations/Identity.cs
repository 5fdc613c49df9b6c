using System.Numerics;

namespace DistNet.Learning;

/// <summary>x.</summary>
internal readonly struct Identity : IActivation
{
    public static bool SlopeNeedsInput => false;

    public static Vector<float> Value(Vector<float> input) => input;

    public static Vector<float> Slope(Vector<float> value) => Vector<float>.One;
}
