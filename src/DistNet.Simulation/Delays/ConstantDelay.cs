using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>Always the same time.</summary>
public sealed record ConstantDelay(TimeSpan Time) : DelayLaw
{
    public override double MeanSeconds => Time.TotalSeconds;

    public override bool IsZero => Time == TimeSpan.Zero;

    public override string ToString() => $"constant:{Duration.Text(Time)}";

    protected override double SecondsOf(LuckKey key, ulong index) => Time.TotalSeconds;
}
