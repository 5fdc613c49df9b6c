namespace DistNet.Lab.Tests;

/// <summary>Conclusions are drawn from the figures, also where these are not as expected.</summary>
public sealed class ConclusionTests
{
    [Fact]
    public void Slack_that_does_not_help_against_jitter_is_told_so()
    {
        var jitter = Table("grad/s", ("ssp:0", 2), ("ssp:2", 2.1), ("asp", 4));
        var slow = Table("grad/s", ("ssp:0", 2), ("ssp:2", 3), ("asp", 2));
        var findings = Conclude(SmallStudies.Jitter, jitter, slow);
        findings.Select(finding => finding.Holds).ShouldBe([false, false, false]);
        findings[0].Text.ShouldContain("recovers 5%");
        findings[1].Text.ShouldEndWith("Slack helps.");
    }

    [Fact]
    public void Spare_machines_that_lose_are_told_so()
    {
        var update = Table("s/update", ("0", 4), ("2", 5));
        var loss = Table("s to loss", ("0", 100), ("2", 125), ("8", 130));
        var findings = Conclude(SmallStudies.Stragglers, update, loss);
        findings.ShouldAllBe(finding => !finding.Holds);
        findings[1].Text.ShouldContain("no less");
    }

    [Fact]
    public void Four_lanes_that_diverge_and_eight_that_do_not_are_told_so()
    {
        var findings = Conclude(SmallStudies.LearningRate, Table("final loss", ("4, asp", 900), ("8, asp", 0.1)));
        findings.Select(finding => finding.Holds).ShouldBe([false, false]);
        findings[0].Text.ShouldStartWith("quadratic, 4 lanes: fails, at a loss of 900.00");
        findings[1].Text.ShouldStartWith("quadratic, 8 lanes: converges");
    }

    [Fact]
    public void Momentum_that_is_best_at_its_most_with_all_workers_is_told_so()
    {
        var regression = new StudyTable("", ["M"], [Row(["4"], new StudyFigure("momentum", 0.5, null, 0.75))]);
        var grid = new StudyTable("", ["M", "momentum"], [Cell("1", "0", 2), Cell("1", "0.9", 1), Cell("16", "0", 2), Cell("16", "0.9", 1)]);
        Conclude(SmallStudies.Momentum, regression, grid).Select(finding => finding.Holds).ShouldBe([false, false]);
    }

    private static StudyRow Cell(string workers, string momentum, double loss) => Row([workers, momentum], new StudyFigure("train loss", loss));

    private static StudyFinding[] Conclude(Study study, params StudyTable[] tables) => [.. study.Conclude(tables)];

    private static StudyTable Table(string figure, params (string Label, double Value)[] rows) =>
        new("", ["run"], [.. rows.Select(row => Row([row.Label], new StudyFigure(figure, row.Value), new StudyFigure("gap", 7)))]);

    private static StudyRow Row(IReadOnlyList<string> labels, params StudyFigure[] figures) => new(labels, figures, "", []);
}
