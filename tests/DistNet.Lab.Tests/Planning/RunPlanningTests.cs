using System.Text.Json.Nodes;
using DistNet.Hosting;

namespace DistNet.Lab.Tests;

public sealed class RunPlanningTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_plan_says_what_it_was_made_from_and_recommends_what_is_fresh_enough()
    {
        var report = RunPlanning.Plan(Run("a", samplesPerSecond: 4000), new PlanOptions(), []);
        (report.Workers, report.ServiceTimes, report.SamplesPerGradient).ShouldBe((4, 400, 16));
        report.Predictions.Select(row => row.Workers).Distinct().ShouldBe([2, 4, 8]);
        report.Recommended!.MeanStaleness.ShouldBe(0);
        report.Recommended.Workers.ShouldBe(8);
        var loose = RunPlanning.Plan(Run("b", samplesPerSecond: 4000), new PlanOptions { GreatestStaleness = 100 }, []);
        loose.Recommended!.SamplesPerSecond.ShouldBeGreaterThan(report.Recommended.SamplesPerSecond);
        loose.Recommended.Rule.ShouldNotStartWith("local");
    }

    [Fact]
    public void A_goal_decides_between_rules()
    {
        Prediction[] rows =
        [
            new("bsp", 4, 1.0, 0, null, 400, 4, 0, 0),
            new("ksync:1", 4, 0.5, 0, null, 200, 2, 0, 0.75),
            new("bsp", 1, 0.8, 0, null, 125, 1.25, 0, 0),
            new("asp", 4, 0.1, 0, null, 999, 9, 3, 0),
            new("local:4", 4, 0.1, 0, null, 999, 9, null, 0),
        ];
        string? Best(PlanGoal goal) => RunPlanning.Recommend(rows, new PlanOptions { Goal = goal }) is { } best ? $"{best.Rule}/{best.Workers}" : null;
        Best(PlanGoal.Samples).ShouldBe("bsp/4");
        Best(PlanGoal.Updates).ShouldBe("ksync:1/4");
        Best(PlanGoal.Efficiency).ShouldBe("bsp/1");
        RunPlanning.Recommend(rows.Skip(3), new PlanOptions()).ShouldBeNull();
    }

    [Fact]
    public void A_prediction_that_was_measured_has_an_error()
    {
        var report = RunPlanning.Plan(Run("a", samplesPerSecond: 4000), new PlanOptions { Rules = ["bsp"] }, [Run("b", samplesPerSecond: 5000)]);
        var row = report.Measured.ShouldHaveSingleItem();
        (row.Rule, row.Workers, row.Measured).ShouldBe(("bsp", 4, 5000));
        row.Predicted.ShouldBe(4000, 100);
        row.Error.ShouldBe((row.Predicted / 5000) - 1);
    }

    [Fact]
    public void The_table_fits_into_eighty_columns_and_the_json_has_a_schema()
    {
        var report = RunPlanning.Plan(Run("a", samplesPerSecond: 4000), new PlanOptions(), [Run("b", samplesPerSecond: 5000)]);
        using var writer = new StringWriter();
        report.Write(writer);
        writer.ToString().Split('\n').Where(line => !line.StartsWith(_temporary.Path, StringComparison.Ordinal)).ShouldAllBe(line => line.TrimEnd().Length <= 80);
        writer.ToString().ShouldContain("recommended: --mode ");
        var json = JsonNode.Parse(report.ToJson())!;
        json["schema"]!.GetValue<int>().ShouldBe(1);
        json["goal"]!.GetValue<string>().ShouldBe("samples");
        json["predictions"]!.AsArray().Count.ShouldBe(report.Predictions.Count);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once() =>
        Should.Throw<UsageException>(() => RunPlanning.Plan(Run("a", 4000), new PlanOptions { Workers = [0, 5000], Rules = ["hogwild", "ksync:9"], GreatestStaleness = -1 }, []))
            .Problems.Select(problem => problem.Split(' ')[0]).ShouldBe(["--workers:", "--workers:", "--max-staleness:", "hogwild:"]);

    [Fact]
    public void A_run_without_service_times_cannot_be_planned_from() =>
        Should.Throw<RunFolderException>(() => RunPlanning.Plan(RunFolder.CreateAt(new TrainingOptions(), _temporary.File("none")), new PlanOptions(), []))
            .Message.ShouldContain("recorded no service times");

    /// <summary>Four workers with about 10 ms a gradient of 16 samples, but for the first fifty, which took thirty times that and are not to count.</summary>
    private RunFolder Run(string name, double samplesPerSecond)
    {
        var folder = RunFolder.CreateAt(new TrainingOptions { Workers = 4 }, _temporary.File(name));
        var times = new ServiceTimes(new ShiftedExponential(8, 0.5), 4, seed: 3);
        ServiceTimesFile.Write(folder.ServiceTimesPath, Enumerable.Range(0, 600).Select(i => new ServiceTime(i % 4, i / 4, 16, times.Next(i % 4) * (i / 4 < 50 ? 30 : 1))));
        using var metrics = MetricsWriter.Open(folder.MetricsPath);
        metrics.Epoch(new EpochReport(1, 1, 100, 0.5, null, null, samplesPerSecond, []));
        return folder;
    }
}
