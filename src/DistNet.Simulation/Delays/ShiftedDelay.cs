using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>A constant plus an exponential time: P(X &gt; x) = exp(-(x - least) / mean) for x of at least <see cref="Least"/>.</summary>
/// <param name="Least">What it takes at the least.</param>
/// <param name="Mean">Mean of the exponential part; the mean of the whole is <c>Least + Mean</c>.</param>
public sealed record ShiftedDelay(TimeSpan Least, TimeSpan Mean) : DelayLaw
{
    public override double MeanSeconds => (Least + Mean).TotalSeconds;

    public override bool IsZero => Least == TimeSpan.Zero && Mean == TimeSpan.Zero;

    public override string ToString() => $"shifted:{Duration.Text(Least)}+{Duration.Text(Mean)}";

    protected override double SecondsOf(LuckKey key, ulong index) => Least.TotalSeconds - (Mean.TotalSeconds * Math.Log(Unit(key, index)));
}
