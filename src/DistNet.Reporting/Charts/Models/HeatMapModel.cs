namespace DistNet.Reporting;

/// <summary>A matrix as shades.</summary>
/// <param name="Title">Says what is seen.</param>
/// <param name="RowsCaption">What the rows are.</param>
/// <param name="ColumnsCaption">What the columns are.</param>
/// <param name="Rows">Names of the rows, from top to bottom.</param>
/// <param name="Columns">Names of the columns, from left to right.</param>
/// <param name="Cells">[rows, columns]; null and cells without shade are blank.</param>
public sealed record HeatMapModel(
    string Title,
    string RowsCaption,
    string ColumnsCaption,
    IReadOnlyList<string> Rows,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<HeatCell>> Cells);

/// <param name="Shade">From 0 (none) to 1 (full).</param>
/// <param name="Text">Written into it where it fits; null: nothing.</param>
/// <param name="Colour">Number of its colour.</param>
public readonly record struct HeatCell(double Shade, string? Text, int Colour = 0);
