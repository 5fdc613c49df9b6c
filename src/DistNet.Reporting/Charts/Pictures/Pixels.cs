namespace DistNet.Reporting;

/// <summary>A picture's pixels.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rgb">Three bytes a pixel, red first, row by row; [Height * Width * 3].</param>
public sealed record Pixels(int Width, int Height, byte[] Rgb)
{
    /// <summary>The picture with no more pixels in a row or a column than that; each is the mean of a rectangle of the old ones.</summary>
    public Pixels Within(int most)
    {
        if (Width <= most && Height <= most)
        {
            return this;
        }

        var scale = most / (double)Math.Max(Width, Height);
        var (width, height) = (Math.Max(1, (int)(Width * scale)), Math.Max(1, (int)(Height * scale)));
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var (x, y) = (i / 3 % width, i / 3 / width);
            rgb[i] = Mean(x * Width / width, (x + 1) * Width / width, y * Height / height, (y + 1) * Height / height, i % 3);
        }

        return new Pixels(width, height, rgb);
    }

    private byte Mean(int left, int right, int top, int bottom, int channel)
    {
        var sum = 0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                sum += Rgb[(((y * Width) + x) * 3) + channel];
            }
        }

        return (byte)(sum / ((right - left) * (bottom - top)));
    }
}
