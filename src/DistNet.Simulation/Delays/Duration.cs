using System.Globalization;

namespace DistNet.Simulation;

/// <summary>Times as people write them: 200us, 10ms, 1.5s, 2min, or 0.</summary>
public static class Duration
{
    private static readonly (string Unit, double Seconds)[] Units = [("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("min", 60), ("s", 1)];

    /// <exception cref="FormatException">It is none; the message says what is wrong, such as "is not a time".</exception>
    public static TimeSpan Parse(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        var unit = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        return unit.Unit is not null
            && double.TryParse(text.AsSpan(0, text.Length - unit.Unit.Length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && value * unit.Seconds <= TimeSpan.MaxValue.TotalSeconds / 4
            ? TimeSpan.FromTicks((long)Math.Round(value * unit.Seconds * TimeSpan.TicksPerSecond))
            : throw new FormatException("is not a time such as 10ms, 1.5s or 200us");
    }

    public static string Text(TimeSpan time) => time.Ticks switch
    {
        0 => "0",
        < TimeSpan.TicksPerMillisecond => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds}us"),
        < TimeSpan.TicksPerSecond => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s"),
    };
}
