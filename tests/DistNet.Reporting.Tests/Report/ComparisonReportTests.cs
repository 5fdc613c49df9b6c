using System.Text.RegularExpressions;
using DistNet.Hosting;

namespace DistNet.Reporting.Tests;

public sealed partial class ComparisonReportTests(ReportedRuns runs) : IClassFixture<ReportedRuns>
{
    private readonly ComparisonMaterial _material = ComparisonMaterial.Read(runs.Comparison);

    [Fact]
    public void A_page_tells_what_the_issue_asks_for()
    {
        foreach (var heading in (string[])["Who wins", "Rules, and what theory says", "Learning", "Workers and time", "Runs", "How it was made"])
        {
            runs.ComparisonPage.ShouldContain($"<h2>{heading}</h2>");
        }

        _material.Comparison.Runs.ShouldAllBe(run => runs.ComparisonPage.Contains(run.WeightsSha256!) && runs.ComparisonPage.Contains(run.ConfigSha256));
        _material.Comparison.Runs.ShouldAllBe(run => runs.ComparisonPage.Contains(run.Command));
    }

    [Fact]
    public void Every_question_has_the_winner_that_its_figures_say()
    {
        var answers = TablesOf("Who wins").Single().Rows;
        answers.ShouldNotBeEmpty();
        var accuracy = answers.Single(row => row[0].Text == "Which classifies best in the end?");
        var medians = _material.Comparison.Rules.ToDictionary(rule => rule.Rule, rule => rule.TestAccuracy!.Median);
        if (medians["bsp"] != medians["asp"])
        {
            accuracy[1].Text.ShouldBe(medians.MaxBy(rule => rule.Value).Key);
            accuracy[1].IsBest.ShouldBeTrue();
        }
    }

    [Fact]
    public void Theory_stands_beside_what_was_measured()
    {
        var table = TablesOf("Rules, and what theory says").Single();
        var asp = table.Rows.Single(row => row[0].Text == "asp");
        asp[table.Columns.ToList().IndexOf("theory")].Text.ShouldBe("2");
        asp[table.Columns.ToList().IndexOf("staleness")].Text.ShouldNotBe("-");
        asp[table.Columns.ToList().IndexOf("planned")].Text.ShouldNotBe("-");
    }

    [Fact]
    public void Bands_enclose_the_medians_of_the_seeds()
    {
        var charts = SectionOf("Learning").Blocks.OfType<LineChartModel>().ToArray();
        charts.Length.ShouldBe(9);
        foreach (var series in charts.SelectMany(chart => chart.Series))
        {
            series.Band.Count.ShouldBe(3);
            series.Points.Zip(series.Band).ShouldAllBe(pair => pair.First.Y >= pair.Second.Low && pair.First.Y <= pair.Second.High);
        }
    }

    [Fact]
    public void Every_run_has_a_report_of_its_own_that_is_linked()
    {
        var links = Links().Matches(runs.ComparisonPage).Select(match => Uri.UnescapeDataString(match.Groups[1].Value)).ToArray();
        links.Length.ShouldBe(4);
        links.ShouldAllBe(link => File.Exists(Path.Combine(runs.Comparison, link)));
    }

    [Fact]
    public async Task A_comparison_whose_runs_are_gone_still_has_a_report()
    {
        var folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
        try
        {
            File.Copy(Path.Combine(runs.Comparison, Lab.Comparison.FileName), Path.Combine(folder, Lab.Comparison.FileName));
            Directory.CreateDirectory(Path.Combine(folder, "bsp-seed1"));
            File.WriteAllText(Path.Combine(folder, "bsp-seed1", RunFolder.ConfigName), "{");
            var page = File.ReadAllText(await ReportMaker.MakeAllAsync(folder));
            page.ShouldContain("What is missing");
            page.ShouldContain("Train loss against updates");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Where_no_run_completed_nobody_wins()
    {
        var comparison = _material.Comparison with
        {
            Rules = [.. _material.Comparison.Rules.Select(rule => Lab.RuleSummary.Of(rule.Rule, [], null, null))],
            Runs = [.. _material.Comparison.Runs.Select(run => run with { Outcome = Lab.RunOutcome.Diverged, Failure = "the loss is not finite" })],
        };
        var report = ComparisonReport.Of(_material with { Comparison = comparison });
        report.Answer.ShouldStartWith("No run completed");
        report.Sections.Select(section => section.Title).ShouldNotContain("Who wins");
    }

    private ReportSection SectionOf(string title) => ComparisonReport.Of(_material).Sections.Single(section => section.Title == title);

    private ReportTable[] TablesOf(string section) => [.. SectionOf(section).Blocks.OfType<ReportTable>()];

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();
}
