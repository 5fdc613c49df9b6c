namespace DistNet.Bench;

/// <summary>What <see cref="CoreBench"/> measures.</summary>
public sealed record CoreBenchOptions
{
    /// <summary>The environment variable that names OpenBLAS's file.</summary>
    public const string OpenBlasVariable = "DISTNET_OPENBLAS";

    public MeasureOptions Measure { get; init; } = new();

    /// <summary>Threads of the second half of the measurements; with 1 there is only the first.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether the same products are measured with OpenBLAS.</summary>
    public bool AgainstOpenBlas { get; init; }

    /// <summary>The library's file; null: looked for where systems put it.</summary>
    public string? OpenBlasPath { get; init; }

    /// <summary>Busy threads beside the product in the load scenario; 0: no such scenario.</summary>
    public int Load { get; init; }

    /// <summary>1, and <see cref="Threads"/> where it is more.</summary>
    public IReadOnlyList<int> ThreadCounts => Threads > 1 ? [1, Threads] : [1];
}
