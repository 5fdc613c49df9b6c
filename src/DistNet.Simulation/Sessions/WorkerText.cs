using System.Globalization;

namespace DistNet.Simulation;

/// <summary>What is said of some workers: <c>3=VALUE</c>, or <c>3..5=VALUE</c> for 3, 4 and 5.</summary>
internal static class WorkerText
{
    /// <returns>The workers, End past the last, and what is said of them.</returns>
    /// <exception cref="FormatException">It is malformed, or there are no such workers; the message says what is wrong.</exception>
    public static ((int First, int End) Workers, T Value) Parse<T>(string text, int workers, Func<string, T> parse)
    {
        if (text.Split('=', 2) is not [var who, var what])
        {
            throw new FormatException("does not say of which worker: write 3=VALUE or 3..5=VALUE");
        }

        var (first, last) = who.Split("..") switch
        {
            [var one] => (Number(one), Number(one)),
            [var from, var to] => (Number(from), Number(to)),
            _ => (-1, -1),
        };
        return first >= 0 && last >= first && last < workers
            ? ((first, last + 1), parse(what))
            : throw new FormatException($"names workers that there are not: they are numbered from 0 to {workers - 1}");
    }

    public static double ParseFactor(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 && double.IsFinite(factor)
            ? factor
            : throw new FormatException("has no factor above 0, such as 2.0");

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
