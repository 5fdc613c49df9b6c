using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>How a study is carried out.</summary>
public sealed record StudyOptions
{
    /// <summary>Which one.</summary>
    public required Study Study { get; init; }

    /// <summary>The first seed of every row.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The folder of the study, which holds the run folders. New or empty.</summary>
    public required string Folder { get; init; }

    /// <summary>Runs carried out side by side; each is on one thread, and no figure depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
