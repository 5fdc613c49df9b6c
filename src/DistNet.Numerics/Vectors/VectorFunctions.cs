using System.Numerics;

namespace DistNet.Numerics;

/// <summary>
/// Functions of single floats, a vector at a time, accurate to a few units in the last place over the whole range.
/// There is no scalar path, so an element has the same bits wherever in a block it stands; callers pass whole vectors.
/// NaN gives NaN.
/// </summary>
public static class VectorFunctions
{
    // Below it exp(x) - 1 cancels; above it the Taylor series of degree 8 is too short.
    private const float SeriesLimit = 0.4f;

    /// <summary>1 / (1 + e^-x).</summary>
    public static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Vector.Exp(-x));

    /// <summary>e^x - 1.</summary>
    public static Vector<float> ExpM1(Vector<float> x)
    {
        var small = Vector.LessThan(Vector.Abs(x), new Vector<float>(SeriesLimit));
        return Vector.ConditionalSelect(small, ExpM1Series(x), Vector.Exp(x) - Vector<float>.One);
    }

    /// <summary>log(1 + x) for x >= 0: the logarithm of the rounded sum, plus what the rounding lost, to first order.</summary>
    public static Vector<float> LogP1(Vector<float> x)
    {
        var sum = Vector<float>.One + x;
        return Vector.Log(sum) + ((x - (sum - Vector<float>.One)) / sum);
    }

    /// <summary>Hyperbolic tangent, from e^(-2|x|) - 1, which cannot overflow.</summary>
    public static Vector<float> Tanh(Vector<float> x)
    {
        var e = ExpM1(Vector.Abs(x) * -2f);
        return Vector.CopySign(-e / (e + new Vector<float>(2f)), x);
    }

    private static Vector<float> ExpM1Series(Vector<float> x)
    {
        var sum = new Vector<float>(1f / 40320);
        sum = (sum * x) + new Vector<float>(1f / 5040);
        sum = (sum * x) + new Vector<float>(1f / 720);
        sum = (sum * x) + new Vector<float>(1f / 120);
        sum = (sum * x) + new Vector<float>(1f / 24);
        sum = (sum * x) + new Vector<float>(1f / 6);
        sum = (sum * x) + new Vector<float>(1f / 2);
        return (sum * x * x) + x;
    }
}
