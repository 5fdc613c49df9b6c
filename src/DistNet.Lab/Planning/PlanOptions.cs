using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>What is to be planned.</summary>
public sealed record PlanOptions
{
    /// <summary>The rules; empty: <see cref="RulesFor"/> of each number of workers.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Numbers of workers; empty: half as many as recorded, as many, and twice as many.</summary>
    public IReadOnlyList<int> Workers { get; init; } = [];

    public PlanGoal Goal { get; init; } = PlanGoal.Samples;

    /// <summary>
    /// Mean staleness that may be recommended. 0 unless given: what stale gradients cost in progress no timing tells.
    /// </summary>
    public double GreatestStaleness { get; init; }

    /// <summary>Some of every kind of rule that make sense with so many workers.</summary>
    public static IReadOnlyList<string> RulesFor(int workers)
    {
        var half = (workers + 1) / 2;
        string[] counted = workers < 3
            ? []
            : ["backup:1", Invariant($"ksync:{(workers * 3 + 3) / 4}"), Invariant($"kbatchsync:{half}"), Invariant($"kasync:{half}"), Invariant($"kbatchasync:{half}")];
        return workers == 1 ? ["bsp"] : [.. counted.Prepend("bsp").Distinct(), "ssp:1", "ssp:2", "ssp:4", "asp", "local:4", "local:16"];
    }

    /// <summary>Everything that is wrong, one line each.</summary>
    public IReadOnlyList<string> Problems(int recordedWorkers) =>
    [
        .. Workers.Where(count => count is < 1 or > 4096).Select(count => Invariant($"--workers: must be from 1 to 4096, not {count}")),
        .. double.IsNaN(GreatestStaleness) || GreatestStaleness < 0 ? [Invariant($"--max-staleness: must be at least 0, not {GreatestStaleness}")] : Array.Empty<string>(),
        .. Rules.Where(rule => WorkersOr(recordedWorkers).All(count => RuleModel.Find(rule, Math.Max(1, count), out _) is null))
            .Select(rule => Invariant($"{rule}: no update rule with any of {string.Join(", ", WorkersOr(recordedWorkers))} workers; rules are {RuleModel.Forms}")),
    ];

    internal IReadOnlyList<int> WorkersOr(int recorded) =>
        Workers.Count > 0 ? [.. Workers.Distinct()] : [.. new[] { (recorded + 1) / 2, recorded, 2 * recorded }.Distinct()];
}
