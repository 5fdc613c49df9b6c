namespace DistNet.Reporting;

/// <summary>Rows of stacked horizontal bars.</summary>
/// <param name="Title">Says what is seen.</param>
/// <param name="X">Length of the bars.</param>
/// <param name="Parts">What a bar consists of, for the legend.</param>
/// <param name="Rows">From top to bottom.</param>
public sealed record BarChartModel(string Title, ChartAxis X, IReadOnlyList<ChartPart> Parts, IReadOnlyList<BarRow> Rows);

/// <param name="Label">To the left of the bar.</param>
/// <param name="Values">Length of each part, none negative; parts at the end may be missing.</param>
public sealed record BarRow(string Label, IReadOnlyList<double> Values)
{
    /// <summary>To the right of the bar, such as its sum; empty: nothing.</summary>
    public string Note { get; init; } = "";
}
