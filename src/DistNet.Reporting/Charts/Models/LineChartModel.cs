namespace DistNet.Reporting;

/// <summary>Lines over a common axis.</summary>
/// <param name="Title">Says what is seen.</param>
/// <param name="X">Horizontal.</param>
/// <param name="Y">Vertical.</param>
/// <param name="Series">The lines.</param>
public sealed record LineChartModel(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<LineSeries> Series);

/// <summary>One line, perhaps with a band around it. Points that are not finite are left out.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Points">In the order in which they are joined.</param>
public sealed record LineSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>A range for each x, in order, such as the spread over seeds; empty: none.</summary>
    public IReadOnlyList<BandPoint> Band { get; init; } = [];

    /// <summary>Number of its colour; null: its place among the series.</summary>
    public int? Colour { get; init; }

    /// <summary>Drawn with gaps: the second of a pair, or a prediction.</summary>
    public bool Dashed { get; init; }
}

/// <param name="X">Horizontal.</param>
/// <param name="Y">Vertical.</param>
public readonly record struct ChartPoint(double X, double Y)
{
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);
}

/// <param name="X">Horizontal.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
public readonly record struct BandPoint(double X, double Low, double High)
{
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Low) && double.IsFinite(High);
}
