using System.Globalization;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>Numbers as they are read: few digits, no more than are true.</summary>
public static class NumberText
{
    /// <summary>Three significant digits: 0.0123, 4.57, 12.3k, 5e-05; whole numbers below 10000 in full.</summary>
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "-" : value > 0 ? "∞" : "-∞";
        }

        var size = Math.Abs(value);
        if (size >= 1e15)
        {
            return Invariant($"{value:0.##e0}");
        }

        if (size < 1e4)
        {
            return size >= 100 ? Invariant($"{value:0}") : size is 0 or >= 1e-4 ? Plain(value) : Invariant($"{value:0.##e-0}");
        }

        var (divisor, suffix) = Magnitude.Of(size);
        return Plain(value / divisor) + suffix;
    }

    /// <summary>A count in full, in groups of three: 12 345.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u00a0');

    /// <summary>A share as percent: 0.1234 as "12.3 %".</summary>
    public static string Percent(double share) => Of(100 * share) + " %";

    /// <summary>A loss: four significant digits.</summary>
    public static string Loss(double value) => double.IsFinite(value) && Math.Abs(value) is 0 or (>= 1e-4 and < 1e6) ? Invariant($"{value:G4}") : Of(value);

    /// <summary>Seconds in the unit that suits them: "12.3 ms", "4.5 s", "3 min 20 s".</summary>
    public static string Seconds(double seconds)
    {
        if (seconds >= 120)
        {
            var whole = (long)Math.Round(seconds);
            return whole >= 7200 ? Invariant($"{whole / 3600} h {whole / 60 % 60} min") : Invariant($"{whole / 60} min {whole % 60} s");
        }

        var unit = TimeUnit.For(seconds);
        return $"{Of(seconds * unit.PerSecond)} {unit.Name}";
    }

    /// <summary>Three significant digits without an exponent.</summary>
    private static string Plain(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 8);
        return Math.Round(value, decimals).ToString("0.########", CultureInfo.InvariantCulture);
    }
}
