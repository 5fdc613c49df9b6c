using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>One run of a comparison. What a run that did not complete cannot say is null.</summary>
public sealed record ComparedRun
{
    public required string Rule { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Its run folder, relative to the comparison's.</summary>
    public required string Folder { get; init; }

    /// <summary>The command that makes this run alone.</summary>
    public required string Command { get; init; }

    /// <summary>SHA-256 of its configuration, as config.json has it.</summary>
    public required string ConfigSha256 { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>Why it did not complete.</summary>
    public string? Failure { get; init; }

    /// <summary>Updates applied.</summary>
    public required long Version { get; init; }

    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>What it told beside its figures: a rate that is not stable, a node that died.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    public string? WeightsSha256 { get; init; }

    public double? TrainLoss { get; init; }

    public double? TestLoss { get; init; }

    /// <summary>From 0 to 1.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Time of the whole run.</summary>
    public double? Seconds { get; init; }

    /// <summary>Over the time spent in steps.</summary>
    public double? SamplesPerSecond { get; init; }

    /// <summary>Over the time spent in steps.</summary>
    public double? SecondsPerUpdate { get; init; }

    public double? StalenessMean { get; init; }

    public LedgerReport? Ledger { get; init; }

    /// <summary>Part of the samples computed or begun that was thrown away.</summary>
    public double? DroppedShare { get; init; }

    /// <summary>
    /// Part of the workers' time in which they did not compute gradients that were applied: waiting, exchanging, and work thrown away; from recorded service
    /// times, null where there are none.
    /// </summary>
    public double? WaitingShare { get; init; }

    /// <summary>When the target accuracy was first reached; null: it was not, or there is no target.</summary>
    public double? SecondsToAccuracy { get; init; }

    /// <summary>When the target loss was first reached; null: it was not, or there is no target.</summary>
    public double? SecondsToLoss { get; init; }
}
