namespace DistNet.Reporting;

/// <summary>Lines and bands where they are drawn.</summary>
internal sealed class LinePlot
{
    /// <summary>Points of a line, at most: more are not told apart at this width.</summary>
    private const int MostPoints = 600;

    /// <summary>Points of a side of a band, at most: it is paler than a line, and costs twice as much.</summary>
    private const int MostOfBand = 400;

    /// <summary>Lines of so few points show them.</summary>
    private const int FewPoints = 31;

    private readonly PlotArea _area;
    private readonly AxisScale _x;
    private readonly AxisScale _y;

    /// <param name="series">The lines; those that do not say have the colours of their places.</param>
    /// <param name="area">Where they go.</param>
    /// <param name="x">Horizontal scale.</param>
    /// <param name="y">Vertical scale.</param>
    /// <param name="firstColour">Colour of the first.</param>
    public LinePlot(IReadOnlyList<LineSeries> series, PlotArea area, AxisScale x, AxisScale y, int firstColour = 0)
    {
        (_area, _x, _y) = (area, x, y);
        Lines = [.. series.Select((one, i) => DrawnOf(one, one.Colour ?? (firstColour + i)))];
    }

    public IReadOnlyList<DrawnLine> Lines { get; }

    public IEnumerable<LegendEntry> Legend =>
        Lines.Select(line => new LegendEntry(line.Name, line.Colour, line.Dashed ? LegendMark.DashedLine : LegendMark.Line));

    private DrawnLine DrawnOf(LineSeries series, int colour)
    {
        var shown = series.Points.Where(point => point.IsFinite && _x.Shows(point.X) && _y.Shows(point.Y)).ToArray();
        var points = Thinning.Thin(shown, MostPoints);
        return new DrawnLine(
            series.Name,
            colour,
            series.Dashed,
            Svg.Line(points.Select(point => (_area.X(_x, point.X), _area.Y(_y, point.Y)))),
            BandOf(series),
            points.Count <= FewPoints ? [.. points.Select(MarkOf)] : []);
    }

    private string BandOf(LineSeries series)
    {
        var shown = series.Band.Where(point => point.IsFinite && _x.Shows(point.X) && _y.Shows(point.High)).ToArray();
        var band = Thinning.Thin(shown, MostOfBand);
        return Svg.Area(band.Select(point => (_area.X(_x, point.X), _area.Y(_y, point.High)))
            .Concat(band.Reverse().Select(point => (_area.X(_x, point.X), _area.Y(_y, point.Low)))));
    }

    private DrawnMark MarkOf(ChartPoint point) =>
        new(_area.X(_x, point.X), _area.Y(_y, point.Y), $"{NumberText.Of(point.X)}: {NumberText.Of(point.Y)}");
}

/// <param name="Name">Of the series.</param>
/// <param name="Colour">Number of its colour.</param>
/// <param name="Dashed">Drawn with gaps.</param>
/// <param name="Path">The line.</param>
/// <param name="Band">Outline of its band; empty: none.</param>
/// <param name="Marks">Its points, where they are few.</param>
internal sealed record DrawnLine(string Name, int Colour, bool Dashed, string Path, string Band, IReadOnlyList<DrawnMark> Marks);

/// <param name="X">Where.</param>
/// <param name="Y">Where, downwards.</param>
/// <param name="Text">Shown when pointed at.</param>
internal readonly record struct DrawnMark(double X, double Y, string Text);
