using DistNet.Lab;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>The report of a comparison.</summary>
public static class ComparisonReport
{
    public static ReportModel Of(ComparisonMaterial material)
    {
        var comparison = material.Comparison;
        ReportSection?[] sections =
        [
            ComparisonQuestion.For(comparison).Count > 0 ? ComparisonTables.Answers(comparison) : null,
            ComparisonTables.Rules(comparison),
            ComparisonCurves.Of(comparison, material.IsVirtual),
            ComparisonTime.Of(material),
            ComparisonTables.Runs(comparison),
            ComparisonOrigin.Of(material),
            RunReport.MissingSection(material.Missing),
        ];
        var rules = string.Join(", ", comparison.Rules.Select(rule => rule.Rule));
        return new ReportModel(rules, Question(material), Answer(comparison), [.. Figures(comparison)], [.. sections.OfType<ReportSection>()]);
    }

    private static string Question(ComparisonMaterial material) => Invariant(
        $"Which of these update rules does best on {material.Options.Data} ({material.Comparison.Under}, {material.Options.Workers} workers), over {Seeds(material.Comparison)}?");

    private static string Answer(Comparison comparison)
    {
        if (comparison.Runs.All(run => run.Outcome != RunOutcome.Completed))
        {
            return "No run completed, so that there is nothing to compare.";
        }

        var won = ComparisonQuestion.For(comparison).Where(question => question.Ranked(comparison).Count > 1).Take(4)
            .Select(question => (question, Ranked: question.Ranked(comparison)))
            .Where(answer => !answer.question.IsTied(answer.Ranked[0], answer.Ranked[1]))
            .Select(answer => $"{answer.question.Title}: {answer.Ranked[0].Rule} ({answer.question.Text(answer.Ranked[0])})");
        return string.Join("; ", won) is { Length: > 0 } text ? $"{char.ToUpperInvariant(text[0])}{text[1..]}." : "The rules do equally well.";
    }

    private static IEnumerable<ReportFact> Figures(Comparison comparison)
    {
        yield return new("rules", Invariant($"{comparison.Rules.Count}"));
        yield return new("seeds of each", Invariant($"{comparison.Runs.Select(run => run.Seed).Distinct().Count()}"));
        yield return new("runs", Invariant($"{comparison.Runs.Count}"));
        yield return new("completed", Invariant($"{comparison.Runs.Count(run => run.Outcome == RunOutcome.Completed)}"));
        yield return new("diverged", Invariant($"{comparison.Runs.Count(run => run.Outcome == RunOutcome.Diverged)}"));
    }

    private static string Seeds(Comparison comparison)
    {
        var seeds = comparison.Runs.Select(run => run.Seed).Distinct().Count();
        return Invariant($"{seeds} seed{(seeds == 1 ? "" : "s")}");
    }
}
