using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>What a session is given beside its options, by a program that has it in its memory.</summary>
public sealed record SessionParts
{
    /// <summary>The samples, unscaled; null: those that <see cref="TrainingOptions.Data"/> names.</summary>
    public DataSet? Samples { get; init; }

    /// <summary>With <see cref="Samples"/>: what to test on, of the same features and classes; null: a part of the samples is held back.</summary>
    public DataSet? TestSamples { get; init; }

    /// <summary>Keeps the run, which then has no folder and writes no file; null: it has one.</summary>
    public RunMemory? Memory { get; init; }

    /// <summary>The samples, split and scaled.</summary>
    internal LoadedData Load(TrainingOptions options) => Samples is null ? DataLoader.Load(options) : DataLoader.Load(Samples, TestSamples, options);
}
