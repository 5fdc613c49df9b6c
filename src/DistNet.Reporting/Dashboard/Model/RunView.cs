using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Reporting;

/// <summary>A run at one moment.</summary>
internal sealed record RunView
{
    /// <summary>Grows whenever something is told.</summary>
    public required long Changes { get; init; }

    /// <summary>The effective configuration, as JSON.</summary>
    public required string Config { get; init; }

    /// <summary>Null: data are being read.</summary>
    public required RunDescription? Description { get; init; }

    /// <summary>The last update; all 0 before the first.</summary>
    public required Hosting.StepReport Step { get; init; }

    /// <summary>The first update that this process has seen; below 0: none.</summary>
    public required long FirstVersion { get; init; }

    /// <summary>The last epoch; null before the end of the first.</summary>
    public required EpochReport? Epoch { get; init; }

    /// <summary>The run's own time, virtual where it is simulated, since this start of it.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whom it waits for; null: nobody.</summary>
    public required string? WaitsFor { get; init; }

    /// <summary>Null: it goes on.</summary>
    public required RunEnd? End { get; init; }

    /// <summary>Train loss of updates.</summary>
    public required IReadOnlyList<ThinPoint> Loss { get; init; }

    /// <summary>Train loss of epochs, also of those before this process.</summary>
    public required IReadOnlyList<ThinPoint> TrainLoss { get; init; }

    public required IReadOnlyList<ThinPoint> TestLoss { get; init; }

    /// <summary>On the test part, 0 to 1.</summary>
    public required IReadOnlyList<ThinPoint> Accuracy { get; init; }

    /// <summary>Samples a second.</summary>
    public required IReadOnlyList<ThinPoint> Rate { get; init; }

    public required StalenessView Staleness { get; init; }

    public required IReadOnlyList<WorkerView> Workers { get; init; }

    public required LedgerReport Ledger { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<NoticeView> Notices { get; init; }

    /// <summary>Share of the samples that are done with, 0 to 1.</summary>
    public double Done => Ledger.Planned == 0 ? 0 : Math.Clamp(1 - ((double)Ledger.Pending / Ledger.Planned), 0, 1);
}

/// <summary>How a run ended.</summary>
/// <param name="How">In a few words: done, stopped, or failed and why.</param>
/// <param name="Result">What it came to; null: it failed.</param>
internal sealed record RunEnd(string How, TrainingResult? Result);

/// <summary>Everything that a page shows, at one moment.</summary>
/// <param name="Title">Whose page it is, such as distnet train.</param>
/// <param name="IsVirtual">Times are a simulation's.</param>
/// <param name="Now">The moment.</param>
/// <param name="Run">The latest run; null: there was none.</param>
/// <param name="Cluster">The cluster; null: the run is in one process.</param>
/// <param name="Nodes">Of the cluster.</param>
internal sealed record DashboardView(
    string Title, bool IsVirtual, DateTimeOffset Now, RunView? Run, ClusterStatus? Cluster, IReadOnlyList<NodeView> Nodes)
{
    /// <summary>Whom the run waits for; null: nobody, as far as it is known.</summary>
    public string? WaitsFor => Run is null or { End: not null } ? null : Cluster?.Run?.WaitsFor is { } whom ? $"waiting for {whom}" : Run.WaitsFor;
}
