namespace DistNet.Lab;

/// <summary>What a reference rule did.</summary>
/// <param name="Intervals">Time of each update.</param>
/// <param name="Staleness">Mean staleness of each update's gradients, in versions.</param>
/// <param name="StalenessCounts">How many gradients were applied at each staleness, from 0.</param>
/// <param name="Applied">Gradients applied.</param>
/// <param name="Dropped">Gradients begun and thrown away.</param>
/// <param name="GreatestGap">Clocks between the fastest and the slowest worker at most; 0 where the rule has no clocks.</param>
public sealed record ReferenceTrace(
    IReadOnlyList<double> Intervals,
    IReadOnlyList<double> Staleness,
    IReadOnlyList<long> StalenessCounts,
    long Applied,
    long Dropped,
    long GreatestGap)
{
    /// <summary>Mean time of an update.</summary>
    public double TimePerUpdate => Intervals.Average();

    /// <summary>Gradients applied in a unit of time.</summary>
    public double GradientRate => Applied / Intervals.Sum();

    public double MeanStaleness => Staleness.Average();
}
