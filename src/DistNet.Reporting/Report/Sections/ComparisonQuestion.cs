using DistNet.Lab;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>A question that a comparison answers.</summary>
/// <param name="Text">The question.</param>
/// <param name="Title">What the winner is, in few words.</param>
/// <param name="Figure">The figure that decides, over the seeds of a rule.</param>
/// <param name="Write">How the figure is written.</param>
/// <param name="HighestWins">Else the lowest does.</param>
internal sealed record ComparisonQuestion(string Text, string Title, Func<RuleSummary, SeedSpread?> Figure, Func<double, string> Write, bool HighestWins)
{
    /// <summary>Those that a comparison's figures can answer.</summary>
    public static IReadOnlyList<ComparisonQuestion> For(Comparison comparison) => [.. All(comparison).Where(question => comparison.Rules.Any(rule => question.Figure(rule) is not null))];

    /// <summary>Rules that have the figure, the best first; of equals the one asked for first.</summary>
    public IReadOnlyList<RuleSummary> Ranked(Comparison comparison)
    {
        var given = comparison.Rules.Where(rule => Figure(rule) is not null);
        return [.. HighestWins ? given.OrderByDescending(rule => Figure(rule)!.Median) : given.OrderBy(rule => Figure(rule)!.Median)];
    }

    /// <summary>Whether the best is better with its worst seed than the next with its best one.</summary>
    public bool IsClear(RuleSummary best, RuleSummary next) => HighestWins ? Figure(best)!.Min > Figure(next)!.Max : Figure(best)!.Max < Figure(next)!.Min;

    private static IEnumerable<ComparisonQuestion> All(Comparison comparison)
    {
        if (comparison.TargetAccuracy is { } accuracy)
        {
            yield return new(Invariant($"Which reaches an accuracy of {NumberText.Percent(accuracy)} first?"), Invariant($"first at an accuracy of {NumberText.Percent(accuracy)}"), rule => rule.SecondsToAccuracy, NumberText.Seconds, false);
        }

        if (comparison.TargetLoss is { } loss)
        {
            yield return new(Invariant($"Which reaches a train loss of {NumberText.Loss(loss)} first?"), Invariant($"first at a train loss of {NumberText.Loss(loss)}"), rule => rule.SecondsToLoss, NumberText.Seconds, false);
        }

        yield return new("Which classifies best in the end?", "most accurate", rule => rule.TestAccuracy, value => Invariant($"{100 * value:0.00} %"), true);
        yield return new("Which has the lowest train loss in the end?", "lowest train loss", rule => rule.TrainLoss, NumberText.Loss, false);
        yield return new("Which applies most samples a second?", "most samples a second", rule => rule.SamplesPerSecond, value => NumberText.Of(value) + "/s", true);
        yield return new("Which throws away least?", "least thrown away", rule => rule.DroppedShare, NumberText.Percent, false);
        yield return new("Which keeps workers computing most?", "workers computing most", rule => rule.WaitingShare, value => NumberText.Percent(1 - value) + " computing", false);
    }
}
