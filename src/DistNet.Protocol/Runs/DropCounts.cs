namespace DistNet.Protocol;

/// <summary>Units that were planned and never applied, and the samples in them.</summary>
public readonly record struct DropCount(long Units, long Samples)
{
    public DropCount Add(int samples) => new(Units + 1, Samples + samples);

    public static DropCount operator +(DropCount one, DropCount other) => new(one.Units + other.Units, one.Samples + other.Samples);

    public static DropCount operator -(DropCount one, DropCount other) => new(one.Units - other.Units, one.Samples - other.Samples);
}

/// <summary>What was dropped, by the reason.</summary>
/// <param name="Late">The update was complete without it, and the rule cancels the rest.</param>
/// <param name="Unused">Still out, or waiting for others, when the run or its rule ended.</param>
/// <param name="Skipped">Left out when a rule began that wants every lane at the same batch.</param>
public readonly record struct DropCounts(DropCount Late, DropCount Unused, DropCount Skipped)
{
    public long Units => Late.Units + Unused.Units + Skipped.Units;

    public long Samples => Late.Samples + Unused.Samples + Skipped.Samples;

    public static DropCounts operator -(DropCounts one, DropCounts other) =>
        new(one.Late - other.Late, one.Unused - other.Unused, one.Skipped - other.Skipped);
}
