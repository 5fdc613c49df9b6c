using DistNet.Hosting;

namespace DistNet.Simulation;

/// <summary>What a chaos session has seen.</summary>
public sealed record ChaosReport
{
    /// <summary>Schedules that were run, each calm and with its faults.</summary>
    public required int Schedules { get; init; }

    /// <summary>How many of them of which family.</summary>
    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>Faults that began, by kind.</summary>
    public required IReadOnlyDictionary<FaultKind, int> Faults { get; init; }

    /// <summary>Schedules that lost state and went on from a cut.</summary>
    public required int Recovered { get; init; }

    /// <summary>Schedules that were asked to end early, and did.</summary>
    public required int Stopped { get; init; }

    /// <summary>Schedules in which a late worker was helped.</summary>
    public required int Helped { get; init; }

    /// <summary>Inputs that actors were given.</summary>
    public required long Events { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The failure with the lowest seed; null: there was none.</summary>
    public ChaosFailure? Failure { get; init; }

    /// <summary>The plan of faults of the schedule that failed, or of the only one there was, as a file; null: there was none.</summary>
    public string? FaultPlan { get; init; }
}

/// <summary>A schedule that did not end as it must.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Family">The family of rules it was drawn from.</param>
/// <param name="Problem">What is wrong, in a line.</param>
/// <param name="Schedule">The cluster that was drawn, and its faults.</param>
/// <param name="Trace">The last inputs.</param>
public sealed record ChaosFailure(ulong Seed, string Family, string Problem, string Schedule, string Trace)
{
    /// <summary>Runs just this one again.</summary>
    public string Command => FormattableString.Invariant($"distnet simulate --chaos 1 --seed {Seed} --mode {Family}");
}
