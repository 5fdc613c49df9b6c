namespace DistNet.Reporting;

/// <summary>Who did what when.</summary>
/// <param name="Title">Says what is seen.</param>
/// <param name="X">Time.</param>
/// <param name="Kinds">What can be done, for the legend.</param>
/// <param name="Rows">Names of those who do it, from top to bottom.</param>
/// <param name="Spans">In any order.</param>
public sealed record GanttModel(string Title, ChartAxis X, IReadOnlyList<ChartPart> Kinds, IReadOnlyList<string> Rows, IReadOnlyList<GanttSpan> Spans)
{
    /// <summary>Moments that concern all rows; null: none.</summary>
    public GanttMarks? Marks { get; init; }
}

/// <summary>Moments, drawn across all rows.</summary>
/// <param name="Name">What happens then, for the legend.</param>
/// <param name="Colour">Number of their colour.</param>
/// <param name="At">When, in the unit of the axis.</param>
public sealed record GanttMarks(string Name, int Colour, IReadOnlyList<double> At);

/// <param name="Row">Place of who did it.</param>
/// <param name="Kind">Place of what was done.</param>
/// <param name="From">When it began, in the unit of the axis.</param>
/// <param name="To">When it ended.</param>
public readonly record struct GanttSpan(int Row, int Kind, double From, double To)
{
    /// <summary>Written into the span where it fits, such as for whom it waited; null: nothing.</summary>
    public string? Label { get; init; }
}
