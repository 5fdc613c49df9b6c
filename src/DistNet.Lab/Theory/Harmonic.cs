namespace DistNet.Lab;

/// <summary>Harmonic numbers: what maxima and minima of exponential times are made of.</summary>
public static class Harmonic
{
    /// <summary>H_n = 1 + 1/2 + ... + 1/n; H_0 = 0. Small terms are added first.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public static double Number(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var sum = 0.0;
        for (var i = n; i >= 1; i--)
        {
            sum += 1.0 / i;
        }

        return sum;
    }

    /// <summary>
    /// Mean of the <paramref name="k"/>-th smallest of <paramref name="of"/> independent exponential times of mean 1: H_of - H_(of-k)
    /// (Rényi 1953).
    /// </summary>
    public static double OrderStatistic(int k, int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, of);
        return Number(of) - Number(of - k);
    }
}
