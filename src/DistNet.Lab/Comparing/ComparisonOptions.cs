using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>Which update rules are compared, and on what.</summary>
public sealed record ComparisonOptions
{
    private const int MostSeeds = 1000;

    /// <summary>The rules, as behind --mode; at least one.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>How many seeds each rule is run with: the training options' and the ones after it.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The run that is the same for all, apart from rule, seed and folder.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The train loss whose first time is compared; null: none.</summary>
    public double? TargetLoss { get; init; }

    /// <summary>What the runs are carried out on, for the record.</summary>
    public string Under { get; init; } = Experiments.InProcess;

    /// <summary>The folder of the comparison, which holds the run folders.</summary>
    public required string Folder { get; init; }

    /// <summary>Everything that is wrong, one line each.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Rules.Count == 0 ? [$"RULE: name at least one update rule, such as: distnet compare bsp asp"] : Array.Empty<string>(),
        .. Rules.GroupBy(rule => rule).Where(rule => rule.Count() > 1).Select(rule => $"{rule.Key}: is named twice"),
        .. Seeds is < 1 or > MostSeeds ? [Invariant($"--seeds: must be from 1 to {MostSeeds}, not {Seeds}")] : Array.Empty<string>(),
        .. TargetLoss is null or > 0 ? [] : new[] { Invariant($"--target-loss: must be more than 0, not {TargetLoss}") },
        .. Training.Resume is null ? [] : new[] { "--resume: a comparison begins its runs anew; leave it out" },
        .. Rules.Distinct().SelectMany(rule => TryMode(rule, out _)),
    ];

    /// <summary>All runs, each with a folder of its own. Rules take turns seed by seed, so that what changes about the machine meanwhile meets them alike.</summary>
    public IEnumerable<(string Rule, TrainingOptions Options)> Runs =>
        from seed in Enumerable.Range(0, Seeds)
        from rule in Rules
        select (rule, OptionsOf(rule, Training.Seed + (ulong)seed));

    private TrainingOptions OptionsOf(string rule, ulong seed)
    {
        _ = TryMode(rule, out var options);
        return options with { Seed = seed, Out = Path.Combine(Folder, Invariant($"{rule.Replace(':', '-')}-seed{seed}")) };
    }

    /// <summary>The training options under a rule, and what is wrong with them.</summary>
    private IEnumerable<string> TryMode(string rule, out TrainingOptions options)
    {
        options = Training;
        try
        {
            options = OptionTable.Find("mode")!.Set(Training, rule);
            return TrainingOptionsValidator.Validate(options);
        }
        catch (FormatException e)
        {
            return [$"{rule}: {e.Message}"];
        }
    }
}
