using System.Numerics;

namespace DistNet.Learning;

/// <summary>A non-linearity and its derivative, a vector at a time.</summary>
internal interface IActivation
{
    /// <summary>Whether <see cref="Slope"/> is given the input; otherwise it is given the value, and the input need not be kept.</summary>
    public static abstract bool SlopeNeedsInput { get; }

    public static abstract Vector<float> Value(Vector<float> input);

    public static abstract Vector<float> Slope(Vector<float> inputOrValue);
}
