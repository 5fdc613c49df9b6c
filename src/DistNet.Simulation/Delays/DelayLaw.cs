using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>How long something takes: a distribution of times of at least 0. A draw is a pure function of a key and an index.</summary>
public abstract record DelayLaw
{
    public static readonly DelayLaw Zero = new ConstantDelay(TimeSpan.Zero);

    /// <summary>The expectation, in seconds; infinite where there is none.</summary>
    public abstract double MeanSeconds { get; }

    /// <summary>It never takes any time.</summary>
    public virtual bool IsZero => false;

    public static DelayLaw Constant(TimeSpan time) => new ConstantDelay(time);

    public static DelayLaw Exponential(TimeSpan mean) => new ExponentialDelay(mean);

    /// <summary>A constant and, on top of it, an exponential time with that mean.</summary>
    public static DelayLaw Shifted(TimeSpan least, TimeSpan mean) => new ShiftedDelay(least, mean);

    /// <summary>The draw of that index, rounded to a tick of 100 ns.</summary>
    /// <exception cref="OverflowException">The law's tail is so heavy that the draw is beyond what a clock can count.</exception>
    public TimeSpan Draw(LuckKey key, ulong index) => TimeSpan.FromTicks(checked((long)Math.Round(SecondsOf(key, index) * TimeSpan.TicksPerSecond)));

    /// <summary>The draw of that index, in seconds.</summary>
    protected abstract double SecondsOf(LuckKey key, ulong index);

    /// <summary>Uniform in (0, 1], 53 bits: its logarithm is finite.</summary>
    private protected static double Unit(LuckKey key, ulong index) => ((key.UInt64(index) >> 11) + 1) * (1.0 / (1UL << 53));
}
