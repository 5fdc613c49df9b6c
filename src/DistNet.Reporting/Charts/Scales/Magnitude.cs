namespace DistNet.Reporting;

/// <summary>Thousands, millions and so on, by their letters.</summary>
internal static class Magnitude
{
    /// <summary>By what a number of that size is divided, and what is written behind it.</summary>
    public static (double Divisor, string Suffix) Of(double size) => size switch
    {
        >= 1e12 => (1e12, "T"),
        >= 1e9 => (1e9, "G"),
        >= 1e6 => (1e6, "M"),
        >= 1e4 => (1e3, "k"),
        _ => (1, ""),
    };
}
