namespace DistNet.Reporting;

/// <summary>Stacked horizontal bars where they are drawn.</summary>
internal sealed class BarPlot
{
    public const double Width = 480;
    private const double RowHeight = 26;
    private const double BarHeight = 16;
    private const int LabelCharacters = 20;
    private const int NoteCharacters = 20;

    public BarPlot(BarChartModel model)
    {
        var left = Math.Max(40, 14 + Longest(model.Rows.Select(row => row.Label), LabelCharacters));
        var right = 14 + Longest(model.Rows.Select(row => row.Note), NoteCharacters);
        Area = new PlotArea(left, 8, Width - left - right, Math.Max(1, model.Rows.Count) * RowHeight);
        X = AxisScale.Of(model.X with { FromZero = true }, model.Rows.Select(row => row.Values.Sum()), 4);
        Rows = [.. model.Rows.Select((row, i) => RowOf(model, row, i))];
    }

    public PlotArea Area { get; }

    public AxisScale X { get; }

    public double Height => Area.Bottom + 44;

    public IReadOnlyList<DrawnBars> Rows { get; }

    private DrawnBars RowOf(BarChartModel model, BarRow row, int place)
    {
        var top = Area.Top + (place * RowHeight) + ((RowHeight - BarHeight) / 2);
        var parts = new List<DrawnPart>();
        var sum = 0.0;
        foreach (var (value, i) in row.Values.Select((value, i) => (value, i)))
        {
            var (from, to) = (Area.X(X, sum), Area.X(X, sum += value));
            parts.Add(new DrawnPart(model.Parts[i].Colour, from, to - from, $"{row.Label}, {model.Parts[i].Name}: {NumberText.Of(value)} {model.X.Unit}".TrimEnd()));
        }

        return new DrawnBars(Svg.Fit(row.Label, LabelCharacters), Svg.Fit(row.Note, NoteCharacters), top, BarHeight, Area.X(X, sum), parts);
    }

    private static double Longest(IEnumerable<string> texts, int characters) =>
        texts.Select(text => Svg.WidthOf(Svg.Fit(text, characters))).DefaultIfEmpty(0).Max();
}

internal sealed record DrawnBars(string Label, string Note, double Top, double Height, double End, IReadOnlyList<DrawnPart> Parts);

internal readonly record struct DrawnPart(int Colour, double X, double Width, string Text);
