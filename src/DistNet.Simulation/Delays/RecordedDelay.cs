using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>Times that were measured once: each draw is one of them, with replacement, or the next one, from the first again after the last.</summary>
/// <param name="Source">Where they come from, as in messages.</param>
/// <param name="Seconds">At least one time, in seconds, finite and of at least 0.</param>
/// <param name="InOrder">Whether they come in the order in which they were recorded.</param>
public sealed record RecordedDelay(string Source, IReadOnlyList<double> Seconds, bool InOrder) : DelayLaw
{
    public override double MeanSeconds { get; } = Seconds.Average();

    public override string ToString() => $"{(InOrder ? "trace-in-order" : "trace")}:{Source}";

    protected override double SecondsOf(LuckKey key, ulong index) =>
        Seconds[InOrder ? (int)(index % (ulong)Seconds.Count) : key.Below(index, Seconds.Count)];
}
