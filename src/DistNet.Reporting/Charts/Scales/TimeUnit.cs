namespace DistNet.Reporting;

/// <summary>The unit in which a time is best written.</summary>
/// <param name="Name">Such as "ms".</param>
/// <param name="PerSecond">How many of them are a second.</param>
public readonly record struct TimeUnit(string Name, double PerSecond)
{
    /// <summary>For times up to that many seconds.</summary>
    public static TimeUnit For(double seconds) => seconds switch
    {
        0 or >= 1 => new("s", 1),
        >= 1e-3 => new("ms", 1e3),
        _ => new("µs", 1e6),
    };
}
