namespace DistNet.Reporting;

/// <summary>Where ticks stand: at multiples of 1, 2 or 5 times a power of ten.</summary>
public static class TickSteps
{
    private static readonly double[] Mantissas = [1, 2, 5, 10];

    /// <summary>The smallest step of 1, 2 or 5 times a power of ten that is not below.</summary>
    public static double Linear(double atLeast, bool whole = false)
    {
        var least = whole ? Math.Max(1, atLeast) : atLeast;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * Mantissas.First(mantissa => mantissa * power >= least * (1 - 1e-9));
    }

    /// <summary>The multiples of a step within a range.</summary>
    public static IReadOnlyList<double> Between(double low, double high, double step)
    {
        var first = (long)Math.Ceiling((low / step) - 1e-9);
        var last = (long)Math.Floor((high / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
    }

    /// <summary>
    /// Ticks of a logarithmic axis: powers of ten, every second or third of them where there are too many, with 3, or 2 and 5, between where there are few.
    /// </summary>
    public static IReadOnlyList<double> Decades(double low, double high, int count)
    {
        var first = (int)Math.Floor(Math.Log10(low) + 1e-9);
        var last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        var stride = Math.Max(1, (int)Math.Ceiling((last - first) / (double)count));
        return Ticks([1, 2, 5]) is { } three && three.Count <= count + 2 ? three
            : Ticks([1, 3]) is { } two && two.Count <= count + 2 ? two
            : Ticks([1]);

        List<double> Ticks(double[] mantissas) => [.. Powers().SelectMany(power => mantissas.Select(mantissa => mantissa * Math.Pow(10, power)))
            .Where(tick => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))];

        IEnumerable<int> Powers() => Enumerable.Range(0, ((last - first) / stride) + 1).Select(i => first + (i * stride));
    }

    /// <summary>The greatest 1, 2 or 5 times a power of ten below or at a positive value.</summary>
    public static double Below(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * Mantissas.Last(mantissa => mantissa * power <= value * (1 + 1e-9));
    }

    /// <summary>The smallest of them above or at it.</summary>
    public static double Above(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * Mantissas.First(mantissa => mantissa * power >= value * (1 - 1e-9));
    }
}
