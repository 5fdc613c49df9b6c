using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>
/// Lognormal: ln X is normal. Given by the mean of X itself, not of its logarithm: ln X has mean ln(mean) - sigma^2 / 2, so that the
/// median is mean exp(-sigma^2 / 2).
/// </summary>
/// <param name="Mean">The expectation of X.</param>
/// <param name="Sigma">The standard deviation of ln X, without unit.</param>
public sealed record LognormalDelay(TimeSpan Mean, double Sigma) : DelayLaw
{
    public override double MeanSeconds => Mean.TotalSeconds;

    public override string ToString() => FormattableString.Invariant($"lognormal:{Duration.Text(Mean)},{Sigma}");

    protected override double SecondsOf(LuckKey key, ulong index) =>
        Mean.TotalSeconds * Math.Exp((Sigma * key.Normal(index)) - (Sigma * Sigma / 2));
}
