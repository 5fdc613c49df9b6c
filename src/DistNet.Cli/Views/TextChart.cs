using System.Globalization;

namespace DistNet.Cli;

/// <summary>A curve as text, within 80 columns. Values that are not finite are left out; fewer than two draw nothing.</summary>
internal static class TextChart
{
    private const int Width = 66;
    private const int Height = 8;
    private const int LabelWidth = 10;

    public static void Write(TextWriter writer, string title, IReadOnlyList<double> values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        if (finite.Length < 2)
        {
            return;
        }

        var columns = Columns(finite);
        var (low, high) = (columns.Min(), columns.Max());
        writer.WriteLine(title);
        for (var row = 0; row < Height; row++)
        {
            writer.WriteLine($"{Label(row, low, high),LabelWidth} |{Line(columns, row, low, high)}".TrimEnd());
        }

        writer.WriteLine();
    }

    /// <summary>One value for each column: the mean of those that fall on it, or the nearest where there are fewer values than columns.</summary>
    private static double[] Columns(double[] values)
    {
        var width = Math.Min(Width, Math.Max(values.Length, Width / 2));
        return [.. Enumerable.Range(0, width).Select(column => Mean(values, column * values.Length / width, ((column + 1) * values.Length / width)))];
    }

    private static double Mean(double[] values, int first, int end) => values[first..Math.Max(first + 1, end)].Average();

    private static string Line(double[] columns, int row, double low, double high) =>
        string.Concat(columns.Select(value => RowOf(value, low, high) == row ? '*' : ' '));

    /// <summary>Row 0 is the top.</summary>
    private static int RowOf(double value, double low, double high) =>
        high > low ? (int)Math.Round((Height - 1) * ((high - value) / (high - low))) : Height - 1;

    private static string Label(int row, double low, double high) => row switch
    {
        0 => Text(high),
        Height - 1 => Text(low),
        _ => "",
    };

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture) is { Length: <= LabelWidth } text
        ? text
        : value.ToString("0.###e0", CultureInfo.InvariantCulture);
}
