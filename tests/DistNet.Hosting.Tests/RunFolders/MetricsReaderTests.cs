namespace DistNet.Hosting.Tests;

public sealed class MetricsReaderTests : IDisposable
{
    private readonly TrainingRuns _runs = new();
    private readonly TemporaryFolder _temporary = new();

    public void Dispose()
    {
        _runs.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public void The_epochs_of_a_run_read_back_as_they_were_told()
    {
        var path = _temporary.File("metrics.jsonl");
        var told = new EpochReport(1, 2, 10, double.NaN, null, 0.5, 100, [new("worker-0", "0..1", 50, "computing")]) { Samples = 640, Seconds = 1.5 };
        using (var writer = MetricsWriter.Open(path))
        {
            writer.Step(new StepReport(9, 20, 576, 1280, 0.1));
            writer.Epoch(told);
        }

        File.AppendAllText(path, "{\"epoch\":2,");
        var read = MetricsReader.Epochs(path).ShouldHaveSingleItem();
        read.Workers.ShouldBe(told.Workers);
        read.ShouldBe(told with { Workers = read.Workers });
    }

    [Theory]
    [InlineData("bsp")]
    [InlineData("asp")]
    public async Task An_epoch_says_how_many_samples_were_applied_and_when(string mode)
    {
        var watcher = new Watcher();
        var result = await _runs.RunAsync(TrainingRuns.Digits with { Mode = mode, Steps = null, Epochs = 3 }, watcher);
        watcher.Epochs.Select(epoch => (double)epoch.Samples).ShouldBe(watcher.Epochs.Select(epoch => epoch.Epoch * result.Samples / 3.0), tolerance: 50);
        watcher.Epochs[^1].Samples.ShouldBe(result.Samples);
        watcher.Epochs.Select(epoch => epoch.Seconds).ShouldBeInOrder();
        watcher.Epochs[0].Seconds.ShouldBeGreaterThan(0);
        watcher.Epochs[^1].Seconds.ShouldBeLessThanOrEqualTo(result.Seconds);
        MetricsReader.Epochs(RunFolder.Open(result.Run).MetricsPath).Select(epoch => epoch.Samples).ShouldBe(watcher.Epochs.Select(epoch => epoch.Samples));
    }
}
