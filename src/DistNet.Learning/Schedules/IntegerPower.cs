namespace DistNet.Learning;

/// <summary>
/// Powers by squaring. Math.Pow belongs to the platform's C library and may differ in its last bit between machines;
/// products do not.
/// </summary>
internal static class IntegerPower
{
    /// <param name="value">The base.</param>
    /// <param name="exponent">At least 0.</param>
    public static double Of(double value, long exponent)
    {
        var result = 1.0;
        for (var square = value; exponent > 0; exponent >>= 1, square *= square)
        {
            if ((exponent & 1) != 0)
            {
                result *= square;
            }
        }

        return result;
    }
}
