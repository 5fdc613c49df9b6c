namespace DistNet.Reporting;

/// <summary>Numbers as pixels.</summary>
public static class PixelColours
{
    /// <summary>A picture of one or three channels as it is seen: the lowest of its values black, the highest full.</summary>
    /// <param name="values">Channels last, row by row; [height * width * channels].</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 or 3.</param>
    public static Pixels Seen(ReadOnlySpan<float> values, int width, int height, int channels)
    {
        var (low, high) = (float.MaxValue, float.MinValue);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var value = values[channels == 3 ? i : i / 3];
            rgb[i] = high > low ? (byte)Math.Round(255 * (value - low) / (high - low)) : (byte)0;
        }

        return new Pixels(width, height, rgb);
    }

    /// <summary>Numbers around zero: blue below, white at it, red above.</summary>
    /// <param name="values">Row by row; [height * width].</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="most">The size that has the full colour.</param>
    public static Pixels Signed(ReadOnlySpan<float> values, int width, int height, float most)
    {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < values.Length; i++)
        {
            var size = most > 0 ? Math.Clamp(values[i] / most, -1, 1) : 0;
            var (red, green, blue) = size < 0 ? (33, 102, 172) : (178, 24, 43);
            rgb[3 * i] = Mixed(red, Math.Abs(size));
            rgb[(3 * i) + 1] = Mixed(green, Math.Abs(size));
            rgb[(3 * i) + 2] = Mixed(blue, Math.Abs(size));
        }

        return new Pixels(width, height, rgb);
    }

    /// <summary>Numbers around zero in three channels: each channel half at it.</summary>
    /// <param name="values">Channels last, row by row; [height * width * 3].</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="most">The size at which a channel is none or full.</param>
    public static Pixels Centred(ReadOnlySpan<float> values, int width, int height, float most)
    {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            rgb[i] = (byte)Math.Round(127.5 + (127.5 * (most > 0 ? Math.Clamp(values[i] / most, -1, 1) : 0)));
        }

        return new Pixels(width, height, rgb);
    }

    private static byte Mixed(int full, float share) => (byte)Math.Round(255 + ((full - 255) * share));
}
