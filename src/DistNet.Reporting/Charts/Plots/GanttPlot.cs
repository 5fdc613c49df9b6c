namespace DistNet.Reporting;

/// <summary>Spans of time where they are drawn.</summary>
internal sealed class GanttPlot
{
    public const double Width = 960;
    private const double RowHeight = 22;
    private const double SpanHeight = 16;
    private const int LabelCharacters = 22;
    private readonly AxisScale _x;

    public GanttPlot(GanttModel model)
    {
        var left = Math.Max(40, 14 + model.Rows.Select(row => Svg.WidthOf(Svg.Fit(row, LabelCharacters))).DefaultIfEmpty(0).Max());
        Area = new PlotArea(left, 8, Width - left - 16, Math.Max(1, model.Rows.Count) * RowHeight);
        _x = AxisScale.Of(model.X with { Tight = true }, model.Spans.SelectMany(span => new[] { span.From, span.To }), 10);
        Marks = [.. (model.Marks?.At ?? []).Select(at => Area.X(_x, at))];
        Spans = [.. model.Spans.Select(span => SpanOf(model, span)).Where(span => span.Width > 0)];
        Rows = [.. model.Rows.Select((row, i) => (Svg.Fit(row, LabelCharacters), Area.Top + ((i + 0.5) * RowHeight) + 4))];
    }

    public PlotArea Area { get; }

    public AxisScale X => _x;

    public double Height => Area.Bottom + 44;

    public IReadOnlyList<DrawnSpan> Spans { get; }

    /// <summary>Where moments are, from left to right as they are given.</summary>
    public IReadOnlyList<double> Marks { get; }

    /// <summary>Names, and the base lines of their text.</summary>
    public IReadOnlyList<(string Name, double Y)> Rows { get; }

    private DrawnSpan SpanOf(GanttModel model, GanttSpan span)
    {
        var (from, to) = (Area.X(_x, span.From), Area.X(_x, span.To));
        var label = span.Label is { } text && Svg.WidthOf(text) + 6 <= to - from ? text : null;
        var title = $"{model.Rows[span.Row]}: {model.Kinds[span.Kind].Name}{(span.Label is null ? "" : " " + span.Label)}, {NumberText.Of(span.To - span.From)} {model.X.Unit}";
        return new DrawnSpan(model.Kinds[span.Kind].Colour, from, Area.Top + (span.Row * RowHeight) + ((RowHeight - SpanHeight) / 2), to - from, SpanHeight, label, title);
    }
}

internal sealed record DrawnSpan(int Colour, double X, double Y, double Width, double Height, string? Label, string Title);
