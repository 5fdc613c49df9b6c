using Moments = MathNet.Numerics.Statistics.Statistics;

namespace DistNet.Lab;

/// <summary>A figure over several seeds.</summary>
/// <param name="Count">Seeds that have it.</param>
/// <param name="Median">The middle one; of an even number the mean of the middle two.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation (n - 1); 0 of one.</param>
public sealed record SeedSpread(int Count, double Median, double Min, double Max, double Mean, double Deviation)
{
    /// <summary>Null where no seed has the figure.</summary>
    public static SeedSpread? Of(IEnumerable<double?> values)
    {
        var given = values.OfType<double>().ToArray();
        return given.Length == 0 ? null : new(
            given.Length,
            Moments.Median(given),
            given.Min(),
            given.Max(),
            given.Average(),
            given.Length > 1 ? Moments.StandardDeviation(given) : 0);
    }
}
