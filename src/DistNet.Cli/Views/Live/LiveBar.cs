using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>A progress bar with a text behind it, on one row.</summary>
internal static class LiveBar
{
    private const int Longest = 40;
    private const int Shortest = 8;

    /// <param name="part">What is done, 0 to 1.</param>
    /// <param name="text">Behind the percentage; cut where the terminal is too narrow for it.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static string Of(double part, string text, int width)
    {
        part = double.IsFinite(part) ? Math.Clamp(part, 0, 1) : 0;
        var behind = Invariant($" {100 * part:0} %  {text}");
        var length = Math.Clamp(width - 1 - behind.Length, Shortest, Longest);
        var filled = (int)(part * length);
        var row = new string('█', filled) + new string('░', length - filled) + behind;
        return row.Length < width ? row.TrimEnd() : row[..Math.Max(0, width - 1)];
    }
}
