namespace DistNet.Reporting;

/// <summary>Range and ticks of an axis, and where a value is on it.</summary>
public sealed class AxisScale
{
    private readonly bool _logarithmic;

    private AxisScale(double low, double high, bool logarithmic, IReadOnlyList<Tick> ticks)
    {
        Low = low;
        High = high;
        _logarithmic = logarithmic;
        Ticks = ticks;
    }

    /// <summary>Value at the start of the axis.</summary>
    public double Low { get; }

    /// <summary>Value at its end.</summary>
    public double High { get; }

    /// <summary>From low to high, all within the range.</summary>
    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>The scale of an axis that has to show these values.</summary>
    /// <param name="axis">The axis. Without any value that it can show its range is 0 to 1.</param>
    /// <param name="values">Those that are not finite count for nothing.</param>
    /// <param name="ticks">About so many.</param>
    public static AxisScale Of(ChartAxis axis, IEnumerable<double> values, int ticks = 6)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var positive = finite.Where(value => value > 0).ToArray();
        return axis.Logarithmic && positive.Length > 0
            ? Logarithmic(axis, positive.Min(), positive.Max(), ticks)
            : Linear(axis, finite, ticks);
    }

    /// <summary>0 at the start of the axis, 1 at its end. Beyond its ends a value is at them, so that nothing is drawn outside.</summary>
    public double Place(double value)
    {
        var place = _logarithmic
            ? (Math.Log(Math.Max(value, double.Epsilon)) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
            : (value - Low) / (High - Low);
        return Math.Clamp(place, 0, 1);
    }

    /// <summary>False: the axis has no place for it.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_logarithmic || value > 0);

    private static AxisScale Linear(ChartAxis axis, double[] values, int count)
    {
        var (low, high) = RangeOf(axis, values);
        var step = TickSteps.Linear((high - low) / count, axis.Whole);
        if (!axis.Tight)
        {
            (low, high) = (Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step);
        }

        return new AxisScale(low, high, false, TickText.Linear(TickSteps.Between(low, high, step), step, axis.Percent));
    }

    private static AxisScale Logarithmic(ChartAxis axis, double low, double high, int count)
    {
        if (!axis.Tight || low == high)
        {
            (low, high) = (TickSteps.Below(low), TickSteps.Above(high));
        }

        high = low == high ? 10 * low : high;
        return new AxisScale(low, high, true, TickText.Each(TickSteps.Decades(low, high, count), axis.Percent));
    }

    private static (double Low, double High) RangeOf(ChartAxis axis, double[] values)
    {
        var low = values.Length == 0 ? 0 : values.Min();
        var high = values.Length == 0 ? 1 : values.Max();
        if (axis.FromZero)
        {
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        }

        if (axis.Whole && high - low < 1)
        {
            return (Math.Floor(low), Math.Floor(low) + 1);
        }

        return high - low > 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high))
            ? (low, high)
            : Around(low);
    }

    private static (double Low, double High) Around(double value) =>
        value == 0 ? (0, 1) : (value - (0.1 * Math.Abs(value)), value + (0.1 * Math.Abs(value)));
}

/// <param name="Value">Where it is.</param>
/// <param name="Label">What is written there.</param>
public readonly record struct Tick(double Value, string Label);
