namespace DistNet.Reporting;

/// <summary>The rectangle within the axes of a drawing, in its own units, y downwards.</summary>
/// <param name="Left">Its left side.</param>
/// <param name="Top">Its upper side.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
public readonly record struct PlotArea(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    /// <summary>Where a value of the horizontal axis is.</summary>
    public double X(AxisScale scale, double value) => Left + (scale.Place(value) * Width);

    /// <summary>Where a value of the vertical axis is.</summary>
    public double Y(AxisScale scale, double value) => Bottom - (scale.Place(value) * Height);
}
