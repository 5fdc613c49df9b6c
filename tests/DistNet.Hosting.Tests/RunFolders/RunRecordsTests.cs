namespace DistNet.Hosting.Tests;

/// <summary>What a run folder keeps for the report.</summary>
public sealed class RunRecordsTests : IDisposable
{
    private readonly TrainingRuns _runs = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _runs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_leaves_its_result_its_surroundings_and_its_timeline()
    {
        var result = await _runs.RunAsync(TrainingRuns.Digits with { Workers = 2, RecordSteps = true });
        var folder = RunFolder.Open(result.Run);

        File.ReadAllText(folder.ResultPath).ShouldBe(result.ToJson());
        var read = TrainingResult.Parse(File.ReadAllText(folder.ResultPath));
        read.ToJson().ShouldBe(result.ToJson());
        (read.WeightsSha256, read.Ledger, read.Waiting!.Count).ShouldBe((result.WeightsSha256, result.Ledger, 2));
        RunEnvironment.Parse(File.ReadAllText(folder.EnvironmentPath)).ShouldBe(RunEnvironment.Current(probes: false));

        var timeline = TimelineFile.Read(folder.TimelinePath);
        timeline.Where(span => span.Kind == TimelineKind.Compute).GroupBy(span => span.Worker).Select(worker => worker.Count()).ShouldBe([40, 40]);
        timeline.ShouldAllBe(span => span.From >= 0 && span.To >= span.From && span.To <= result.Seconds);
        MetricsReader.Steps(folder.MetricsPath).Select(step => step.Loss).ShouldBe(result.LossHistory);
        MetricsReader.Epochs(folder.MetricsPath).Count.ShouldBe(result.Epochs);
    }

    [Fact]
    public void A_timeline_reads_back_to_the_microsecond()
    {
        TimelineSpan[] spans = [new(0, 7, TimelineKind.Wait, "worker-1", 0.0000014, 0.5), new(3, 8, TimelineKind.Push, "", 1, 2)];
        TimelineFile.Write(_folder.File("t.csv"), spans);
        File.ReadLines(_folder.File("t.csv")).First().ShouldBe("worker,step,kind,for,from,to");
        TimelineFile.Read(_folder.File("t.csv")).ShouldBe([spans[0] with { From = 0.000001 }, spans[1]]);
    }

    [Theory]
    [InlineData("0,0,resting,,0,1")]
    [InlineData("0,0,compute,,2,1")]
    [InlineData("-1,0,compute,,0,1")]
    [InlineData("0,0,compute,,0,x")]
    public void A_row_that_makes_no_sense_is_an_error(string row)
    {
        File.WriteAllText(_folder.File("t.csv"), $"worker,step,kind,for,from,to\n{row}\n");
        Should.Throw<RunFolderException>(() => TimelineFile.Read(_folder.File("t.csv"))).Message.ShouldContain("t.csv");
    }
}
