namespace DistNet.Lab;

/// <summary>
/// The law of service times: how long a worker takes for one gradient. A law is its quantile function, so that a draw is one uniform number and
/// two rules can be compared on the same luck.
/// </summary>
public abstract record ServiceLaw
{
    /// <summary>E[X], in the law's unit of time.</summary>
    public abstract double Mean { get; }

    /// <summary>The time that is not exceeded with probability <paramref name="probability"/>.</summary>
    /// <param name="probability">In [0, 1).</param>
    public abstract double Quantile(double probability);

    /// <summary>A time by the law.</summary>
    /// <param name="uniform">Drawn from [0, 1).</param>
    public virtual double Draw(double uniform) => Quantile(uniform);
}
