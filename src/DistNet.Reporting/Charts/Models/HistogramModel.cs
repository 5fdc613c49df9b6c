namespace DistNet.Reporting;

/// <summary>Bars side by side, with curves over them.</summary>
/// <param name="Title">Says what is seen.</param>
/// <param name="X">Horizontal.</param>
/// <param name="Y">Height of the bars and the curves.</param>
/// <param name="Bars">From left to right.</param>
public sealed record HistogramModel(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<HistogramBar> Bars)
{
    /// <summary>What the bars are, in the legend, with what is cut off; null: a legend is there only where there are curves.</summary>
    public string? BarsName { get; init; }

    /// <summary>Such as a theory's density; empty: none.</summary>
    public IReadOnlyList<LineSeries> Curves { get; init; } = [];
}

/// <param name="From">Left end.</param>
/// <param name="To">Right end.</param>
/// <param name="Height">Height.</param>
public readonly record struct HistogramBar(double From, double To, double Height);
