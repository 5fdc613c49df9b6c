using System.Text.RegularExpressions;
using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Reporting.Tests;

/// <summary>One file that opens offline, whatever is in it.</summary>
public sealed partial class PageTests(ReportedRuns runs) : IClassFixture<ReportedRuns>
{
    private const int Most = 2_000_000;

    [Fact]
    public void A_page_has_no_script_and_asks_for_nothing()
    {
        foreach (var page in (string[])[runs.RunPage, runs.ComparisonPage])
        {
            page.ShouldStartWith("<!DOCTYPE html>");
            foreach (var word in (string[])["<script", "javascript:", "http:", "https:", "url(", "@import", "<link", "<iframe", " onload="])
            {
                page.ShouldNotContain(word);
            }

            Sources().Matches(page).Select(match => match.Groups[1].Value).ShouldAllBe(source => source.StartsWith("data:image/png;base64,"));
            page.Length.ShouldBeLessThan(Most);
        }
    }

    [Fact]
    public void A_page_is_for_light_dark_and_paper()
    {
        runs.RunPage.ShouldContain("prefers-color-scheme: dark");
        runs.RunPage.ShouldContain("@media print");
        Colours().Matches(runs.RunPage[runs.RunPage.IndexOf("<body", StringComparison.Ordinal)..]).ShouldBeEmpty("colours are the style sheet's");
    }

    [Fact]
    public async Task Text_from_outside_is_escaped()
    {
        const string Hostile = ChartSamples.Hostile;
        var run = RunMaterialReader.Read(RunFolder.Open(runs.Run));
        var spoilt = run with
        {
            Command = Hostile,
            Options = run.Options with { Data = Hostile, Preset = Hostile },
            Model = run.Model! with { ClassNames = [.. run.Model.ClassNames.Select(_ => Hostile)], Data = Hostile },
            Environment = run.Environment! with { Processor = Hostile, System = Hostile },
            Result = run.Result! with { WeightsSha256 = Hostile, Waiting = [new(Hostile, 1, 1, 1, [new(Hostile, 1)])] },
            Timeline = [.. run.Timeline.Select(span => span with { For = Hostile, Kind = span.Step % 2 == 0 ? TimelineKind.Wait : span.Kind })],
            Missing = [Hostile],
        };
        var page = await ReportMaker.PageOfAsync(RunReport.Of(spoilt));
        page.ShouldNotContain("<script");
        page.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public async Task The_largest_report_is_small_enough()
    {
        var page = await ReportMaker.PageOfAsync(RunReport.Of(Large()));
        page.Length.ShouldBeLessThan(Most);
    }

    [Fact]
    public async Task A_large_comparison_is_well_below_that()
    {
        var page = await ReportMaker.PageOfAsync(ComparisonReport.Of(LargeComparison(rules: 4, seeds: 2, epochs: 2500)));
        page.Length.ShouldBeLessThan(Most / 2);
    }

    /// <summary>Curves that are as long as they are rough.</summary>
    private ComparisonMaterial LargeComparison(int rules, int seeds, int epochs)
    {
        var random = new Random(1);
        var material = ComparisonMaterial.Read(runs.Comparison);
        var (rule, run) = (material.Comparison.Rules[0], material.Comparison.Runs[0]);
        var made = Enumerable.Range(0, rules * seeds).Select(i => run with
        {
            Rule = $"rule{i / seeds}",
            Seed = (ulong)(i % seeds),
            Curve = [.. Enumerable.Range(1, epochs).Select(e => new Lab.CurvePoint(e, 31 * e, 977 * e, 0.37 * e, random.NextDouble(), random.NextDouble(), random.NextDouble()))],
        });
        return material with
        {
            Comparison = material.Comparison with { Rules = [.. Enumerable.Range(0, rules).Select(i => rule with { Rule = $"rule{i}", Runs = seeds })], Runs = [.. made] },
        };
    }

    /// <summary>Long, wide, and on large coloured pictures that compress badly.</summary>
    private RunMaterial Large()
    {
        const int Features = 224 * 224 * 3;
        var random = new Random(1);
        var run = RunMaterialReader.Read(RunFolder.Open(runs.Run));
        var info = new DataSetInfo("large", Features, run.Model!.ClassNames, [224, 224, 3]);
        var samples = new DataSet(info, [.. Enumerable.Range(0, 20 * Features).Select(_ => random.NextSingle())], new int[20]);
        var epoch = run.Epochs[^1];
        return run with
        {
            Model = run.Model with { Shape = info.Shape },
            Epochs = [.. Enumerable.Range(1, 20_000).Select(i => epoch with { Epoch = i, Version = i, Samples = i, Seconds = i, TrainLoss = random.NextDouble() })],
            Steps = [.. Enumerable.Range(1, 200_000).Select(i => new StepReport(i, 200_000, i, 200_000, random.NextDouble()))],
            Timeline = [.. Enumerable.Range(0, 64 * 400).Select(i => new TimelineSpan(i / 400, i % 400, TimelineKind.Compute, "", i % 400, (i % 400) + 0.9))],
            Exam = new NetworkExam(samples, true, [.. Enumerable.Range(0, 20).Select(_ => new Prediction(1, [0.1f, 0.9f]))], 1, [.. Enumerable.Range(0, 40 * Features).Select(_ => random.NextSingle() - 0.5f)], Features, 40),
        };
    }

    [GeneratedRegex("src=\"([^\"]*)\"")]
    private static partial Regex Sources();

    [GeneratedRegex("(?:fill|stroke|color)[=:]\\s*\"?#[0-9a-f]{3}")]
    private static partial Regex Colours();
}
