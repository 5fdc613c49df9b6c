using DistNet.Hosting;

namespace DistNet.Reporting.Tests;

public sealed class RunReportTests(ReportedRuns runs) : IClassFixture<ReportedRuns>
{
    private readonly RunMaterial _run = RunMaterialReader.Read(RunFolder.Open(runs.Run));

    [Fact]
    public void A_page_tells_what_the_issue_asks_for()
    {
        foreach (var heading in (string[])["Learning", "Workers and time", "The network", "Ledger", "How it was made"])
        {
            runs.RunPage.ShouldContain($"<h2>{heading}</h2>");
        }

        foreach (var text in (string[])["distnet train --mode asp", runs.Result.WeightsSha256, _run.Model!.DataSha256, _run.Environment!.Runtime, "--lr"])
        {
            runs.RunPage.ShouldContain(text);
        }

        runs.RunPage.ShouldNotContain("What is missing");
    }

    [Fact]
    public void Loss_and_accuracy_are_against_updates_samples_and_time()
    {
        var charts = ChartsOf<LineChartModel>("Learning");
        charts.Select(chart => chart.Title).ShouldBe([
            "Loss against updates", "Test accuracy against updates", "Loss against samples", "Test accuracy against samples", "Loss against time", "Test accuracy against time"]);
        charts[0].Series.Select(series => series.Name).ShouldBe(["train", "test"]);
        charts[0].Series[0].Points.Select(point => point.Y).ShouldBe(runs.Result.LossHistory);
        charts[3].Series[0].Points[^1].ShouldBe(new ChartPoint(runs.Result.Samples, runs.Result.TestAccuracy!.Value));
    }

    [Fact]
    public void Staleness_adds_up_and_has_theory_over_it()
    {
        var chart = ChartsOf<HistogramModel>("Workers and time").ShouldHaveSingleItem();
        chart.Bars.Sum(bar => bar.Height * (bar.To - bar.From)).ShouldBeInRange(0.994, 1 + 1e-9);
        chart.Curves.Select(curve => curve.Name).ShouldAllBe(name => name.Contains("theory"));
        chart.Curves[0].Points[0].Y.ShouldBe(1 / 3.0, 1e-9);
        chart.Curves[1].Points.Sum(point => point.Y).ShouldBeInRange(0.9, 1 + 1e-9);
    }

    [Fact]
    public void Every_worker_has_a_row_in_the_gantt_and_a_bar()
    {
        string[] workers = ["worker-0", "worker-1", "worker-2"];
        ChartsOf<GanttModel>("Workers and time")[0].Rows.ShouldBe(workers);
        var bars = ChartsOf<BarChartModel>("Workers and time").ShouldHaveSingleItem();
        bars.Rows.Select(row => row.Label).ShouldBe(workers);
        bars.Rows.ShouldAllBe(row => row.Values.All(value => value >= 0) && row.Values[0] > 0);
    }

    [Fact]
    public void The_confusion_matrix_counts_every_test_sample_and_agrees_with_the_run()
    {
        var cells = ChartsOf<HeatMapModel>("The network").ShouldHaveSingleItem().Cells;
        cells.SelectMany(row => row).Sum(CountIn).ShouldBe(359);
        cells.Select((row, i) => CountIn(row[i])).Sum().ShouldBe((int)Math.Round(359 * runs.Result.TestAccuracy!.Value));
    }

    [Fact]
    public void Mistakes_come_most_confident_first_and_weights_are_pictures()
    {
        var grids = ChartsOf<PictureGridModel>("The network");
        grids.Length.ShouldBe(2);
        var shares = grids[0].Pictures.Select(picture => double.Parse(picture.Lines[1].Split(", ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        shares.ShouldBe(shares.OrderDescending());
        grids[0].Pictures.ShouldAllBe(picture => picture.Lines[0].Substring(3) != picture.Lines[1].Split(',')[0].Substring(5));
        grids.SelectMany(grid => grid.Pictures).ShouldAllBe(picture => picture.Pixels.Width == 8 && picture.Pixels.Height == 8);
        grids[1].Pictures.Count.ShouldBe(16);
    }

    [Fact]
    public void The_ledger_has_every_sample()
    {
        var table = SectionOf("Ledger").Blocks.OfType<ReportTable>().Single();
        table.Rows.Select(row => row[0].Text).Take(3).ShouldBe(["planned", "applied", "dropped"]);
        table.Rows[0][1].Text.ShouldBe(NumberText.Count(runs.Result.Ledger.Planned));
        table.Rows[1][1].Text.ShouldBe(NumberText.Count(runs.Result.Ledger.Applied));
    }

    [Fact]
    public async Task Making_it_again_gives_the_same_page() =>
        File.ReadAllText(await ReportMaker.MakeAsync(runs.Run)).ShouldBe(runs.RunPage);

    [Fact]
    public async Task A_folder_of_an_older_version_has_a_report_that_says_what_is_missing()
    {
        var copy = RunFolder.Open(runs.CopyOfRun());
        foreach (var path in (string[])[copy.ResultPath, copy.EnvironmentPath, copy.CommandPath, copy.TimelinePath, copy.ServiceTimesPath])
        {
            File.Delete(path);
        }

        var page = File.ReadAllText(await ReportMaker.MakeAsync(copy.Root));
        foreach (var missing in (string[])["result.json: not there", "environment.json: not there", "timeline.csv: not there"])
        {
            page.ShouldContain(missing);
        }

        page.ShouldContain("Loss against updates");
        page.ShouldContain("Confusion matrix");
        page.ShouldContain("distnet train");
    }

    [Fact]
    public void Only_a_result_can_say_that_no_gradient_was_stale()
    {
        const string Fresh = "No gradient was stale";
        var fresh = _run with { Result = _run.Result! with { Staleness = null, StalenessMean = 0 }, Epochs = [.. _run.Epochs.Select(epoch => epoch with { Staleness = null })] };
        TextOf(fresh).ShouldContain(Fresh);
        TextOf(fresh with { Result = null }).ShouldNotContain(Fresh);

        static string TextOf(RunMaterial run) => string.Join(' ', RunReport.Of(run).Sections.Single(section => section.Title == "Workers and time").Blocks.OfType<ReportText>().Select(text => text.ToString()));
    }

    [Fact]
    public async Task Files_that_were_spoilt_are_named_and_do_no_harm()
    {
        var copy = RunFolder.Open(runs.CopyOfRun());
        File.WriteAllText(copy.ResultPath, "{");
        File.WriteAllText(copy.TimelinePath, "nonsense\n1\n");
        Directory.Delete(copy.CheckpointsPath, recursive: true);
        File.Delete(copy.MetricsPath);
        var page = File.ReadAllText(await ReportMaker.MakeAsync(copy.Root));
        foreach (var missing in (string[])["result.json: ", "timeline.csv: ", "metrics.jsonl: ", "no good checkpoint"])
        {
            page.ShouldContain(missing);
        }
    }

    [Fact]
    public async Task What_is_no_run_folder_has_no_report() =>
        (await Should.ThrowAsync<RunFolderException>(() => ReportMaker.MakeAsync(Path.GetTempPath()))).Message.ShouldContain("is not a run folder");

    private static int CountIn(HeatCell cell) => cell.Text is null ? 0 : int.Parse(cell.Text, System.Globalization.CultureInfo.InvariantCulture);

    private ReportSection SectionOf(string title) => RunReport.Of(_run).Sections.Single(section => section.Title == title);

    private T[] ChartsOf<T>(string section) => [.. SectionOf(section).Blocks.OfType<T>()];
}
