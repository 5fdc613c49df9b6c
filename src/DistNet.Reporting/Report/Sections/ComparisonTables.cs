using DistNet.Lab;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>A comparison in tables: who wins what, rule by rule beside theory, and run by run.</summary>
internal static class ComparisonTables
{
    private const string None = "-";

    public static ReportSection Answers(Comparison comparison) => new("Who wins", [
        new ReportText(comparison.Rules.Max(rule => rule.Runs) > 1
            ? "By how many seeds have the figure, then by its median over them. Clear: all seeds have it, and the winner's worst seed is better than the next rule's best."
            : "By one seed each: another seed may say otherwise."),
        new ReportTable(["question", "winner", "its figure", "next", "its figure", "over the seeds"], [.. ComparisonQuestion.For(comparison).Select(question => AnswerOf(question, comparison))]) { Words = 2 },
    ]);

    public static ReportSection Rules(Comparison comparison) => new("Rules, and what theory says", [
        new ReportText("Medians over seeds ± standard deviations. Beside the time of an update stands what is planned from recorded service times"
            + (comparison.PlannedFrom.Count > 0 ? $" (of {string.Join(", ", comparison.PlannedFrom)})" : "") + ", beside staleness the mean that theory has for the rule."),
        new ReportTable(
            ["rule", "runs", "train loss", "accuracy", "samples/s", "update", "planned", "error", "staleness", "theory", "dropped", "waiting"],
            [.. comparison.Rules.Select(rule => RowOf(rule, comparison))]),
    ]);

    public static ReportSection Runs(Comparison comparison) => new("Runs", [
        new ReportTable(
            ["run", "seed", "outcome", "train loss", "accuracy", "time", "applied", "dropped", "pending", "weights, SHA-256"],
            [.. comparison.Runs.Select(RowOf)]),
        .. comparison.Runs.SelectMany(run => run.Notices.Append(run.Failure).OfType<string>().Select(line => new ReportText($"{run.Folder}: {line}"))),
    ]);

    private static IReadOnlyList<ReportCell> AnswerOf(ComparisonQuestion question, Comparison comparison)
    {
        var ranked = question.Ranked(comparison);
        var (best, next) = (ranked[0], ranked.Count > 1 ? ranked[1] : null);
        var isTied = next is not null && question.IsTied(best, next);
        return
        [
            question.Question,
            new(isTied ? "equal" : best.Rule) { IsBest = !isTied },
            question.Text(best),
            isTied ? None : next?.Rule ?? None,
            next is null || isTied ? None : question.Text(next),
            next is null || best.Runs < 2 ? None : isTied ? "tied" : OverSeeds(question, best, next),
        ];
    }

    private static string OverSeeds(ComparisonQuestion question, RuleSummary best, RuleSummary next) =>
        question.IsClear(best, next) ? "clear" : question.IsWhole(best) && question.IsWhole(next) ? "they overlap" : "not all have it";

    private static IReadOnlyList<ReportCell> RowOf(RuleSummary rule, Comparison comparison) =>
    [
        rule.Rule,
        rule.Completed == rule.Runs ? Invariant($"{rule.Runs}") : Invariant($"{rule.Completed} of {rule.Runs}"),
        Best(Spread(rule.TrainLoss, NumberText.Loss, value => Invariant($"{value:G2}")), rule, comparison, one => one.TrainLoss, false),
        Best(Spread(rule.TestAccuracy, value => Invariant($"{100 * value:0.00}"), value => Invariant($"{100 * value:0.00}")) + (rule.TestAccuracy is null ? "" : " %"), rule, comparison, one => one.TestAccuracy, true),
        Best(Median(rule.SamplesPerSecond, NumberText.Of), rule, comparison, one => one.SamplesPerSecond, true),
        Median(rule.SecondsPerUpdate, NumberText.Seconds),
        Median(rule.PlannedSecondsPerUpdate, NumberText.Seconds),
        rule is { SecondsPerUpdate: { } measured, PlannedSecondsPerUpdate: { } planned } ? Invariant($"{100 * ((planned.Median / measured.Median) - 1):+0.0;-0.0;0} %") : None,
        Median(rule.Staleness, NumberText.Of),
        rule.TheoryStaleness is { } theory ? NumberText.Of(theory) : None,
        Median(rule.DroppedShare, NumberText.Percent),
        Median(rule.WaitingShare, NumberText.Percent),
    ];

    private static ReportCell Best(string text, RuleSummary rule, Comparison comparison, Func<RuleSummary, SeedSpread?> figure, bool highest)
    {
        var question = new ComparisonQuestion("", "", figure, NumberText.Of, highest);
        var ranked = question.Ranked(comparison);
        return new(text) { IsBest = ranked.Count > 1 && figure(rule) is not null && question.IsTied(ranked[0], rule) };
    }

    private static IReadOnlyList<ReportCell> RowOf(ComparedRun run) =>
    [
        new(run.Folder) { Link = $"{Uri.EscapeDataString(run.Folder)}/{ReportMaker.FileName}" },
        Invariant($"{run.Seed}"),
        run.Outcome.ToString().ToLowerInvariant(),
        run.TrainLoss is { } loss ? NumberText.Loss(loss) : None,
        run.TestAccuracy is { } accuracy ? Invariant($"{100 * accuracy:0.00} %") : None,
        run.Seconds is { } seconds ? NumberText.Seconds(seconds) : None,
        run.Ledger is { } applied ? NumberText.Count(applied.Applied) : None,
        run.Ledger is { } dropped ? NumberText.Count(dropped.Dropped) : None,
        run.Ledger is { } pending ? NumberText.Count(pending.Pending) : None,
        new(run.WeightsSha256?[..Math.Min(16, run.WeightsSha256.Length)] ?? None) { IsCode = true },
    ];

    private static string Spread(SeedSpread? spread, Func<double, string> write, Func<double, string> deviation) =>
        spread is null ? None : spread.Count == 1 ? write(spread.Median) : $"{write(spread.Median)} ± {deviation(spread.Deviation)}";

    private static string Median(SeedSpread? spread, Func<double, string> write) => spread is null ? None : write(spread.Median);
}
