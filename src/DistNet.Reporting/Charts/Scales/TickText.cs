using System.Globalization;

namespace DistNet.Reporting;

/// <summary>What is written at ticks.</summary>
internal static class TickText
{
    /// <summary>With as many decimals as the step needs, the same for all.</summary>
    public static IReadOnlyList<Tick> Linear(IReadOnlyList<double> values, double step, bool percent)
    {
        var most = values.Count == 0 ? 0 : values.Max(Math.Abs);
        if (percent && step is >= 1e-6 and < 1e6)
        {
            return [.. values.Select(value => new Tick(value, Fixed(100 * value, 100 * step) + " %"))];
        }

        if (step is < 1e-4 or >= 1e15)
        {
            return Each(values, percent);
        }

        var (divisor, suffix) = Magnitude.Of(most);
        return [.. values.Select(value => new Tick(value, value == 0 ? "0" : Fixed(value / divisor, step / divisor) + suffix))];
    }

    /// <summary>Each by itself.</summary>
    public static IReadOnlyList<Tick> Each(IReadOnlyList<double> values, bool percent) =>
        [.. values.Select(value => new Tick(value, percent ? NumberText.Percent(value) : NumberText.Of(value)))];

    private static string Fixed(double value, double step)
    {
        var decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(step) + 1e-9));
        var text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.TrimStart('-').Trim('0', '.').Length == 0 ? text.TrimStart('-') : text;
    }
}
