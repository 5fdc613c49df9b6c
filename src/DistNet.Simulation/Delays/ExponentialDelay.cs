using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>Exponential: P(X &gt; x) = exp(-x / mean). Has no memory.</summary>
public sealed record ExponentialDelay(TimeSpan Mean) : DelayLaw
{
    public override double MeanSeconds => Mean.TotalSeconds;

    public override bool IsZero => Mean == TimeSpan.Zero;

    public override string ToString() => $"exp:{Duration.Text(Mean)}";

    protected override double SecondsOf(LuckKey key, ulong index) => Mean.TotalSeconds * -Math.Log(Unit(key, index));
}
