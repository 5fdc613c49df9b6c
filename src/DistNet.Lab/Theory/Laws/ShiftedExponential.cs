namespace DistNet.Lab;

/// <summary>D + Exp(mu): work that always takes D, and random delay beside it. The law of Dutta et al. 2018 (arXiv 1803.01113); D = 0 is exponential.</summary>
/// <param name="Shift">D, not negative.</param>
/// <param name="Rate">mu, above 0.</param>
public sealed record ShiftedExponential(double Shift, double Rate) : ServiceLaw
{
    /// <summary>Exp(1).</summary>
    public static readonly ShiftedExponential Unit = new(0, 1);

    public override double Mean => Shift + (1 / Rate);

    public override double Quantile(double probability) => Shift - (Math.Log(1 - probability) / Rate);

    /// <summary>Mean of the k-th smallest of several times: D + (H_of - H_(of-k)) / mu.</summary>
    public double OrderStatistic(int k, int of) => Shift + (Harmonic.OrderStatistic(k, of) / Rate);

    /// <summary>Standard deviation of the k-th smallest of several times: the root of the sum of 1/i^2 for i from of-k+1 to of, over mu (Rényi 1953).</summary>
    public double OrderDeviation(int k, int of) => Math.Sqrt(Enumerable.Range(of - k + 1, k).Sum(i => 1.0 / ((double)i * i))) / Rate;

    /// <summary>The most likely law of these times: D is the smallest of them, 1/mu their mean above it.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static ShiftedExponential Fit(IReadOnlyCollection<double> times)
    {
        if (times.Count == 0)
        {
            throw new ArgumentException("There are no times.", nameof(times));
        }

        // All equal is a rate without bound; a billion times the shift's is as good as that.
        var shift = times.Min();
        var excess = Math.Max(times.Average() - shift, Math.Max(shift, double.Epsilon) * 1e-9);
        return new ShiftedExponential(shift, 1 / excess);
    }
}
