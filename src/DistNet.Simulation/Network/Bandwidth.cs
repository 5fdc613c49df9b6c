using System.Globalization;

namespace DistNet.Simulation;

/// <summary>Rates as people write them: 100Mbit, 2.5Gbit, 9600bit, a second each.</summary>
public static class Bandwidth
{
    private static readonly (string Unit, double Bits)[] Units = [("Gbit", 1e9), ("Mbit", 1e6), ("kbit", 1e3), ("bit", 1)];

    /// <returns>Bits a second.</returns>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static double Parse(string text)
    {
        var unit = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        return unit.Unit is not null
            && double.TryParse(text.AsSpan(0, text.Length - unit.Unit.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value > 0 && double.IsFinite(value)
            ? value * unit.Bits
            : throw new FormatException("is not a rate such as 100Mbit or 1Gbit (a second)");
    }
}
