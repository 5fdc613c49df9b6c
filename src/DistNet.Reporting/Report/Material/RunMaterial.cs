using DistNet.Hosting;

namespace DistNet.Reporting;

/// <summary>What a run folder says of its run. Folders of older versions lack files, as do runs that did not come to their end: <see cref="Missing"/>.</summary>
public sealed record RunMaterial
{
    /// <summary>The folder.</summary>
    public required RunFolder Folder { get; init; }

    public required TrainingOptions Options { get; init; }

    /// <summary>What the network expects of a sample; null: nothing was really trained.</summary>
    public ModelDescription? Model { get; init; }

    public IReadOnlyList<EpochReport> Epochs { get; init; } = [];

    /// <summary>With --record-steps; else empty.</summary>
    public IReadOnlyList<StepReport> Steps { get; init; } = [];

    /// <summary>Null: the run did not end in good order, or is older than this file.</summary>
    public TrainingResult? Result { get; init; }

    public RunEnvironment? Environment { get; init; }

    /// <summary>The latest replay; null: there was none.</summary>
    public ReplayResult? Replay { get; init; }

    /// <summary>As it was typed; null: nobody typed one, or it was not kept.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<TimelineSpan> Timeline { get; init; } = [];

    /// <summary>What the trained network does on data; null: it cannot be asked.</summary>
    public NetworkExam? Exam { get; init; }

    /// <summary>What the folder lacks, a line each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder.Root)));

    /// <summary>As it was told last.</summary>
    public StalenessReport? Staleness => Result?.Staleness ?? Epochs.LastOrDefault(epoch => epoch.Staleness is not null)?.Staleness;

    /// <summary>As it was told last.</summary>
    public IReadOnlyList<WaitingReport> Waiting => Result?.Waiting ?? Epochs.LastOrDefault(epoch => epoch.Waiting is not null)?.Waiting ?? [];
}
