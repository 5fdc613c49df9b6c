namespace DistNet.Lab;

/// <summary>A rule over its seeds; figures are of completed runs, null where none has them.</summary>
public sealed record RuleSummary
{
    public required string Rule { get; init; }

    public required int Runs { get; init; }

    public required int Completed { get; init; }

    public required int Diverged { get; init; }

    public required SeedSpread? TrainLoss { get; init; }

    public required SeedSpread? TestLoss { get; init; }

    public required SeedSpread? TestAccuracy { get; init; }

    public required SeedSpread? SamplesPerSecond { get; init; }

    public required SeedSpread? SecondsPerUpdate { get; init; }

    public required SeedSpread? Staleness { get; init; }

    public required SeedSpread? DroppedShare { get; init; }

    public required SeedSpread? WaitingShare { get; init; }

    public required SeedSpread? SecondsToAccuracy { get; init; }

    public required SeedSpread? SecondsToLoss { get; init; }

    /// <summary>Mean staleness by theory; null where theory has none.</summary>
    public required double? TheoryStaleness { get; init; }

    /// <summary>Time of an update as planned from the service times of each of <see cref="Comparison.PlannedFrom"/>; null without them.</summary>
    public required SeedSpread? PlannedSecondsPerUpdate { get; init; }

    public static RuleSummary Of(string rule, IReadOnlyList<ComparedRun> runs, double? theoryStaleness, SeedSpread? planned)
    {
        var completed = runs.Where(run => run.Outcome == RunOutcome.Completed).ToArray();
        SeedSpread? Spread(Func<ComparedRun, double?> figure) => SeedSpread.Of(completed.Select(figure));
        return new RuleSummary
        {
            Rule = rule,
            Runs = runs.Count,
            Completed = completed.Length,
            Diverged = runs.Count(run => run.Outcome == RunOutcome.Diverged),
            TrainLoss = Spread(run => run.TrainLoss),
            TestLoss = Spread(run => run.TestLoss),
            TestAccuracy = Spread(run => run.TestAccuracy),
            SamplesPerSecond = Spread(run => run.SamplesPerSecond),
            SecondsPerUpdate = Spread(run => run.SecondsPerUpdate),
            Staleness = Spread(run => run.StalenessMean),
            DroppedShare = Spread(run => run.DroppedShare),
            WaitingShare = Spread(run => run.WaitingShare),
            SecondsToAccuracy = Spread(run => run.SecondsToAccuracy),
            SecondsToLoss = Spread(run => run.SecondsToLoss),
            TheoryStaleness = theoryStaleness,
            PlannedSecondsPerUpdate = planned,
        };
    }
}
