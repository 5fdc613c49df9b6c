namespace DistNet.Reporting;

/// <summary>A picture's pixels.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rgb">Three bytes a pixel, red first, row by row; [Height * Width * 3].</param>
public sealed record Pixels(int Width, int Height, byte[] Rgb);
