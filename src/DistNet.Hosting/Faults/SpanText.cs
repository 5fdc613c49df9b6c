using System.Globalization;

namespace DistNet.Hosting;

/// <summary>Times as a file of faults has them: a number and ms, s or m.</summary>
internal static class SpanText
{
    public const string Examples = "such as 200ms, 1.5s or 2m";

    private static readonly (string Suffix, double Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000)];

    /// <summary>Null: the text is no time of 0 or more.</summary>
    public static TimeSpan? Parse(string text)
    {
        foreach (var (suffix, milliseconds) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return value * milliseconds < TimeSpan.FromDays(365).TotalMilliseconds ? TimeSpan.FromTicks((long)Math.Round(value * milliseconds * TimeSpan.TicksPerMillisecond)) : null;
            }
        }

        return null;
    }

    public static string Of(TimeSpan span) => span < TimeSpan.FromSeconds(1) && span > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / TimeSpan.TicksPerMillisecond:0.####}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / TimeSpan.TicksPerSecond:0.#######}s");
}
