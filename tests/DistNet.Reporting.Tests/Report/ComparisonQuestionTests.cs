using DistNet.Lab;

namespace DistNet.Reporting.Tests;

/// <summary>Who wins, of rules whose figures are made up: seconds to the target, lower is better.</summary>
public sealed class ComparisonQuestionTests(ReportedRuns runs) : IClassFixture<ReportedRuns>
{
    [Fact]
    public void A_rule_that_came_there_once_does_not_beat_one_that_always_does()
    {
        var answer = AnswerTo(Rule("lucky", 5, 1), Rule("steady", 5, 8, 9, 10, 11, 12));
        answer[1].ShouldBe("steady");
        answer[2].ShouldBe(NumberText.Seconds(10));
        answer[3].ShouldBe("lucky");
        answer[4].ShouldBe($"{NumberText.Seconds(1)}, 1 of 5 seeds");
        answer[5].ShouldBe("not all have it");
    }

    [Fact]
    public void Of_those_that_came_there_as_often_the_faster_wins()
    {
        var answer = AnswerTo(Rule("slow", 5, 8, 9, 10), Rule("fast", 5, 1, 2, 3));
        (answer[1], answer[2], answer[5]).ShouldBe(("fast", $"{NumberText.Seconds(2)}, 3 of 5 seeds", "not all have it"));
    }

    [Fact]
    public void Clear_is_what_all_seeds_say() => AnswerTo(Rule("slow", 3, 8, 9, 10), Rule("fast", 3, 1, 2, 3))[5].ShouldBe("clear");

    [Fact]
    public void Seeds_that_cross_overlap() => AnswerTo(Rule("slow", 3, 2.5, 9, 10), Rule("fast", 3, 1, 2, 3))[5].ShouldBe("they overlap");

    [Fact]
    public void Equal_medians_are_no_tie_where_more_seeds_came_there_of_one()
    {
        AnswerTo(Rule("seldom", 3, 2), Rule("often", 3, 1, 2, 3))[1].ShouldBe("often");
        AnswerTo(Rule("a", 3, 1, 2, 3), Rule("b", 3, 1, 2, 3))[1].ShouldBe("equal");
    }

    [Fact]
    public void The_best_of_a_column_is_chosen_alike()
    {
        var rules = TableOf("Rules, and what theory says", Rule("lucky", 5, 1), Rule("steady", 5, 8, 9, 10, 11, 12));
        var loss = rules.Columns.ToList().IndexOf("train loss");
        rules.Rows.Select(row => row[loss].IsBest).ShouldBe([false, true]);
    }

    /// <summary>The seconds are the train loss, too.</summary>
    private static RuleSummary Rule(string name, int seeds, params double[] seconds)
    {
        var figure = SeedSpread.Of(seconds.Select(value => (double?)value));
        return RuleSummary.Of(name, [], null, null) with { Runs = seeds, Completed = seconds.Length, SecondsToAccuracy = figure, TrainLoss = figure };
    }

    private string[] AnswerTo(params RuleSummary[] rules) =>
        [.. TableOf("Who wins", rules).Rows.Single(row => row[0].Text.StartsWith("Which reaches an accuracy")).Select(cell => cell.Text)];

    private ReportTable TableOf(string section, params RuleSummary[] rules)
    {
        var material = ComparisonMaterial.Read(runs.Comparison);
        var report = ComparisonReport.Of(material with { Comparison = material.Comparison with { TargetAccuracy = 0.9, Rules = rules } });
        return report.Sections.Single(one => one.Title == section).Blocks.OfType<ReportTable>().Single();
    }
}
