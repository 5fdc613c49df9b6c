using System.Globalization;
using System.Text;

namespace DistNet.Reporting;

/// <summary>Numbers and paths of drawings, short and the same everywhere.</summary>
internal static class Svg
{
    /// <summary>To a tenth: finer is not seen.</summary>
    public static string N(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A line through points.</summary>
    public static string Line(IEnumerable<(double X, double Y)> points) => Append(new StringBuilder(), points).ToString();

    /// <summary>A closed outline.</summary>
    public static string Area(IEnumerable<(double X, double Y)> points)
    {
        var path = Append(new StringBuilder(), points);
        return path.Length == 0 ? "" : path.Append('Z').ToString();
    }

    /// <summary>Class of a colour; colours repeat after <see cref="ChartStyles.Colours"/>.</summary>
    public static string Colour(int number) => "c" + (number == ChartStyles.Muted ? 0 : (number % ChartStyles.Colours) + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Width of text of the usual size, roughly.</summary>
    public static double WidthOf(string text) => 6.6 * text.Length;

    /// <summary>The text, or as much of it as fits with an ellipsis.</summary>
    public static string Fit(string text, int characters) => text.Length <= characters ? text : text[..Math.Max(0, characters - 1)] + "…";

    private static StringBuilder Append(StringBuilder path, IEnumerable<(double X, double Y)> points)
    {
        foreach (var (x, y) in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(N(x)).Append(' ').Append(N(y));
        }

        return path;
    }
}
