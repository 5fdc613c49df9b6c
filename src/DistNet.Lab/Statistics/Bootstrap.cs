using DistNet.Numerics;
using Moments = MathNet.Numerics.Statistics.Statistics;

namespace DistNet.Lab;

/// <summary>How far a statistic of some values would move with other values of the same kind: it is taken of resamples of them (Efron 1979).</summary>
public static class Bootstrap
{
    /// <summary>The statistic of each resample, which is as long as the values and drawn from them with replacement.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="statistic">Of a resample.</param>
    /// <param name="resamples">How many.</param>
    /// <param name="seed">Of the draws.</param>
    public static double[] Replicate(IReadOnlyList<double> values, Func<double[], double> statistic, int resamples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var replicates = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            var luck = Luck.Key(seed, LuckPurpose.Laboratory, (uint)i);
            replicates[i] = statistic([.. Enumerable.Range(0, values.Count).Select(n => values[luck.Below((ulong)n, values.Count)])]);
        }

        return replicates;
    }

    /// <summary>The interval that holds that part of the replicates in its middle (percentile interval).</summary>
    public static (double Low, double High) Interval(IReadOnlyList<double> replicates, double confidence = 0.95) =>
        (Moments.Quantile(replicates, (1 - confidence) / 2), Moments.Quantile(replicates, (1 + confidence) / 2));
}
