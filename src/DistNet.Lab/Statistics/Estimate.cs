using MathNet.Numerics.Distributions;
using Moments = MathNet.Numerics.Statistics.Statistics;

namespace DistNet.Lab;

/// <summary>A mean and how well it is known.</summary>
/// <param name="Mean">The estimate.</param>
/// <param name="StandardError">Its standard deviation.</param>
/// <param name="DegreesOfFreedom">Of the standard error: independent values it was found from, less one.</param>
public readonly record struct Estimate(double Mean, double StandardError, int DegreesOfFreedom)
{
    private const int Batches = 32;

    /// <summary>From independent values, at least two.</summary>
    public static Estimate OfIndependent(IReadOnlyCollection<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 2, nameof(values));
        return new(Moments.Mean(values), Moments.StandardDeviation(values) / Math.Sqrt(values.Count), values.Count - 1);
    }

    /// <summary>
    /// From a series whose neighbours depend on each other, such as staleness: means of 32 consecutive batches, which are nearly independent where a batch is much
    /// longer than the memory of the series (Conway 1963; Schmeiser 1982 for the number).
    /// </summary>
    /// <param name="series">At least 64 values; a rest that fills no batch is left out at the beginning.</param>
    public static Estimate OfSeries(IReadOnlyList<double> series)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(series.Count, 2 * Batches, nameof(series));
        var length = series.Count / Batches;
        var rest = series.Count - (length * Batches);
        var means = Enumerable.Range(0, Batches)
            .Select(batch => Enumerable.Range(rest + (batch * length), length).Average(i => series[i]))
            .ToArray();
        return OfIndependent(means);
    }

    /// <summary>The quotient of two independent estimates; relative standard errors add in squares (first order).</summary>
    public Estimate Over(Estimate other)
    {
        var quotient = Mean / other.Mean;
        var relative = double.Hypot(StandardError / Mean, other.StandardError / other.Mean);
        return new(quotient, Math.Abs(quotient) * relative, Math.Min(DegreesOfFreedom, other.DegreesOfFreedom));
    }

    /// <summary>How well this one is known beside another, independent one that it is held to: the standard errors of both, added in squares.</summary>
    public Estimate Beside(Estimate other) =>
        new(Mean, double.Hypot(StandardError, other.StandardError), Math.Min(DegreesOfFreedom, other.DegreesOfFreedom));

    /// <summary>Half the width of the interval that holds the true mean with that probability (Student's t).</summary>
    /// <param name="confidence">In (0, 1).</param>
    public double HalfWidth(double confidence = 0.95) =>
        StandardError * StudentT.InvCDF(0, 1, DegreesOfFreedom, (1 + confidence) / 2);
}
