using DistNet.Lab;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>A question that a comparison answers.</summary>
/// <param name="Question">The question.</param>
/// <param name="Title">What the winner is, in few words.</param>
/// <param name="Figure">The figure that decides, over the seeds of a rule.</param>
/// <param name="Write">How the figure is written.</param>
/// <param name="HighestWins">Else the lowest does.</param>
internal sealed record ComparisonQuestion(string Question, string Title, Func<RuleSummary, SeedSpread?> Figure, Func<double, string> Write, bool HighestWins)
{
    /// <summary>Those that a comparison's figures can answer.</summary>
    public static IReadOnlyList<ComparisonQuestion> For(Comparison comparison) => [.. All(comparison).Where(question => comparison.Rules.Any(rule => question.Figure(rule) is not null))];

    /// <summary>
    /// Rules that have the figure, the best first: those of which more seeds have it, then those with the better median; of equals the one asked for
    /// first. A rule that came there once by luck is not better than one that always does.
    /// </summary>
    public IReadOnlyList<RuleSummary> Ranked(Comparison comparison)
    {
        var given = comparison.Rules.Where(rule => Figure(rule) is not null).OrderByDescending(ShareOf);
        return [.. HighestWins ? given.ThenByDescending(rule => Figure(rule)!.Median) : given.ThenBy(rule => Figure(rule)!.Median)];
    }

    /// <summary>Whether neither is better.</summary>
    public bool IsTied(RuleSummary best, RuleSummary next) => ShareOf(best) == ShareOf(next) && Figure(best)!.Median == Figure(next)!.Median;

    /// <summary>Every seed has the figure.</summary>
    public bool IsWhole(RuleSummary rule) => Figure(rule)!.Count == rule.Runs;

    /// <summary>Whether all seeds of both have it, and the best is better with its worst seed than the next with its best one.</summary>
    public bool IsClear(RuleSummary best, RuleSummary next) => IsWhole(best) && IsWhole(next)
        && (HighestWins ? Figure(best)!.Min > Figure(next)!.Max : Figure(best)!.Max < Figure(next)!.Min);

    /// <summary>The median, and how many seeds it is of where not all have it.</summary>
    public string Text(RuleSummary rule) => Write(Figure(rule)!.Median) + (IsWhole(rule) ? "" : Invariant($", {Figure(rule)!.Count} of {rule.Runs} seeds"));

    private double ShareOf(RuleSummary rule) => Figure(rule)!.Count / (double)rule.Runs;

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
