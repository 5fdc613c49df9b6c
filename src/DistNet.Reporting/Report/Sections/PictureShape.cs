namespace DistNet.Reporting;

/// <summary>How the numbers of a sample form a picture.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1, or 3: red, green and blue, which are last.</param>
public readonly record struct PictureShape(int Width, int Height, int Channels)
{
    /// <summary>A flat row of fewer numbers is taken for a table's, even where it would fill a square.</summary>
    private const int LeastFlat = 64;

    /// <summary>Null: samples are no pictures.</summary>
    /// <param name="shape">[rows, columns], [rows, columns, channels], or [features]: then a square of one or three channels, where it is large enough.</param>
    public static PictureShape? Of(IReadOnlyList<int> shape) => shape switch
    {
        [var rows, var columns] when rows > 1 && columns > 1 => new(columns, rows, 1),
        [var rows, var columns, 1 or 3] when rows > 1 && columns > 1 => new(columns, rows, shape[2]),
        [>= LeastFlat] => Square(shape[0], 1) ?? (shape[0] % 3 == 0 ? Square(shape[0] / 3, 3) : null),
        _ => null,
    };

    private static PictureShape? Square(int pixels, int channels)
    {
        var side = (int)Math.Round(Math.Sqrt(pixels));
        return side >= 8 && side * side == pixels ? new(side, side, channels) : null;
    }
}
