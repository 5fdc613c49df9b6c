using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>Pareto: P(X &gt; x) = (least / x)^alpha for x of at least <see cref="Least"/>.</summary>
/// <param name="Least">The least time, which is also the scale.</param>
/// <param name="Alpha">The tail's exponent, above 0; the mean is alpha least / (alpha - 1) for alpha above 1, else infinite.</param>
public sealed record ParetoDelay(TimeSpan Least, double Alpha) : DelayLaw
{
    public override double MeanSeconds => Alpha > 1 ? Alpha * Least.TotalSeconds / (Alpha - 1) : double.PositiveInfinity;

    public override string ToString() => FormattableString.Invariant($"pareto:{Duration.Text(Least)},{Alpha}");

    protected override double SecondsOf(LuckKey key, ulong index) => Least.TotalSeconds * Math.Pow(Unit(key, index), -1 / Alpha);
}
