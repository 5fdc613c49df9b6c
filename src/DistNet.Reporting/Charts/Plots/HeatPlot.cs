namespace DistNet.Reporting;

/// <summary>The cells of a heat map where they are drawn.</summary>
internal sealed class HeatPlot
{
    private const int LabelCharacters = 18;
    private const double LeastWidth = 330;
    private const double MostWidth = 470;

    public HeatPlot(HeatMapModel model)
    {
        Left = 14 + Math.Max(20, Longest(model.Rows));
        var columnLabel = Longest(model.Columns);
        Cell = Math.Clamp((MostWidth - Left) / Math.Max(1, model.Columns.Count), 14, 46);
        Slanted = columnLabel + 4 > Cell;
        Top = 24 + (Slanted ? columnLabel * 0.75 : 14);
        Width = Math.Max(Left + (model.Columns.Count * Cell), LeastWidth) + (Slanted ? columnLabel * 0.6 : 8);
        Height = Top + (model.Rows.Count * CellHeight) + 8;
        Cells = [.. model.Cells.SelectMany((row, r) => row.Select((cell, c) => CellOf(model, cell, r, c))).Where(cell => cell.Text.Length > 0 || cell.Shade > 0)];
    }

    /// <summary>Where columns begin.</summary>
    public double Left { get; }

    /// <summary>Where rows begin.</summary>
    public double Top { get; }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Width of a cell.</summary>
    public double Cell { get; }

    public double CellHeight => Math.Min(Cell, 30);

    /// <summary>Names of columns are wider than columns.</summary>
    public bool Slanted { get; }

    public IReadOnlyList<DrawnCell> Cells { get; }

    public static string Short(string name) => Svg.Fit(name, LabelCharacters);

    private DrawnCell CellOf(HeatMapModel model, HeatCell cell, int row, int column) => new(
        cell.Colour,
        Left + (column * Cell),
        Top + (row * CellHeight),
        Math.Clamp(cell.Shade, 0, 1),
        cell.Text is { } text && Svg.WidthOf(text) + 2 <= Cell ? text : "",
        $"{model.Rows[row]}, {model.Columns[column]}: {cell.Text}");

    private static double Longest(IEnumerable<string> names) => names.Select(name => Svg.WidthOf(Short(name))).DefaultIfEmpty(0).Max();
}

internal readonly record struct DrawnCell(int Colour, double X, double Y, double Shade, string Text, string Title);
