using System.Numerics;

namespace DistNet.Numerics;

/// <summary>
/// Functions of single floats, a vector at a time, accurate to a few units in the last place over the whole range.
/// They are ours, and made of operations that IEEE 754 rounds exactly, so that bits change neither with the runtime nor with the processor's
/// instructions. There is no scalar path, so an element has the same bits wherever in a block it stands; callers pass whole vectors.
/// NaN gives NaN.
/// </summary>
public static class VectorFunctions
{
    // Below it exp(x) - 1 cancels; above it the Taylor series of degree 8 is too short.
    private const float SeriesLimit = 0.4f;

    // log 2 in two parts; the first has so few bits that its product with an exponent is exact.
    private const float Log2High = 0.693359375f;
    private const float Log2Low = -2.12194440e-4f;
    private const float Log2E = 1.44269504f;
    private const float AllZero = -110;
    private const float AllInfinite = 90;

    /// <summary>e^x, exactly 1 at 0: x = n log 2 + r, and then 2^n (1 + r + ...).</summary>
    public static Vector<float> Exp(Vector<float> x)
    {
        x = Vector.Min(Vector.Max(x, new Vector<float>(AllZero)), new Vector<float>(AllInfinite));
        var n = Vector.Round(x * Log2E);
        var r = x - (n * Log2High) - (n * Log2Low);
        var exponent = Vector.ConvertToInt32(n);
        var half = exponent >> 1;
        return (Vector<float>.One + ExpM1Series(r)) * PowerOf2(half) * PowerOf2(exponent - half);
    }

    /// <summary>1 / (1 + e^-x).</summary>
    public static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Exp(-x));

    /// <summary>e^x - 1.</summary>
    public static Vector<float> ExpM1(Vector<float> x)
    {
        var small = Vector.LessThan(Vector.Abs(x), new Vector<float>(SeriesLimit));
        return Vector.ConditionalSelect(small, ExpM1Series(x), Exp(x) - Vector<float>.One);
    }

    /// <summary>log(1 + x) for x from 0 to 1: twice the series of artanh at x / (2 + x), which is at most 1/3.</summary>
    public static Vector<float> LogP1(Vector<float> x)
    {
        var s = x / (x + new Vector<float>(2f));
        var square = s * s;
        var sum = new Vector<float>(1f / 15);
        sum = (sum * square) + new Vector<float>(1f / 13);
        sum = (sum * square) + new Vector<float>(1f / 11);
        sum = (sum * square) + new Vector<float>(1f / 9);
        sum = (sum * square) + new Vector<float>(1f / 7);
        sum = (sum * square) + new Vector<float>(1f / 5);
        sum = (sum * square) + new Vector<float>(1f / 3);
        return 2f * (s + (s * square * sum));
    }

    /// <summary>Hyperbolic tangent, from e^(-2|x|) - 1, which cannot overflow.</summary>
    public static Vector<float> Tanh(Vector<float> x)
    {
        var e = ExpM1(Vector.Abs(x) * -2f);
        return Vector.CopySign(-e / (e + new Vector<float>(2f)), x);
    }

    private static Vector<float> PowerOf2(Vector<int> exponent) => Vector.AsVectorSingle((exponent + new Vector<int>(127)) << 23);

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
