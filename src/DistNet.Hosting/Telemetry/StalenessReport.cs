using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Version applied to minus version computed from, over the units that are in the weights.</summary>
/// <param name="Mean">Mean over units.</param>
/// <param name="Max">Highest of all.</param>
/// <param name="Histogram">Units by staleness, lowest first; ranges without units are left out.</param>
public sealed record StalenessReport(double Mean, long Max, IReadOnlyList<StalenessRange> Histogram)
{
    /// <summary>Below it each staleness has a range of its own; from there on ranges double, so that a line of them stays short.</summary>
    public const int Exact = 64;

    public static StalenessReport Of(StalenessSummary summary) => new(summary.Mean, summary.Max, [.. RangesOf(summary)]);

    private static IEnumerable<StalenessRange> RangesOf(StalenessSummary summary)
    {
        var counts = summary.Histogram;
        for (var (from, length) = (0, 1); from < counts.Count; from += length)
        {
            length = from < Exact ? 1 : from;
            var end = Math.Min(from + length, counts.Count);
            var units = counts.Skip(from).Take(end - from).Sum();
            if (units > 0)
            {
                // What is beyond the histogram's end is counted in its last place.
                yield return new StalenessRange(from, end == counts.Count ? Math.Max(end - 1, summary.Max) : end - 1, units);
            }
        }
    }
}

/// <param name="From">Lowest staleness.</param>
/// <param name="To">Highest.</param>
/// <param name="Units">Units with one of them.</param>
public sealed record StalenessRange(long From, long To, long Units);
