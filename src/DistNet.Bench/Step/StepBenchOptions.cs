namespace DistNet.Bench;

/// <summary>What <see cref="StepBench"/> measures.</summary>
public sealed record StepBenchOptions
{
    public MeasureOptions Measure { get; init; } = new();

    /// <summary>Workers, and threads, of the measurement on several of them; with 1 it is left out.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
