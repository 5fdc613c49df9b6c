using System.Text.Json;

namespace DistNet.Hosting.Tests;

/// <summary>What real runs keep of their asynchrony.</summary>
public sealed class AsynchronyOfRunsTests : IDisposable
{
    private readonly TrainingRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    /// <summary>
    /// A lane's unit is in flight from the moment it is given its weights, also while its worker computes another lane's or waits for a thread: so
    /// neither the number of threads nor that of workers matters.
    /// </summary>
    [Theory]
    [InlineData(4, 4, 2)]
    [InlineData(8, 8, 2)]
    [InlineData(8, 2, 1)]
    public async Task In_asp_mean_staleness_is_lanes_less_one_however_few_compute(int lanes, int workers, int threads)
    {
        var options = TrainingRuns.Digits with { Mode = "asp", Lanes = lanes, Workers = workers, Threads = threads, Batch = 16, Steps = 100L * lanes };
        var result = await _runs.RunAsync(options);
        result.StalenessMean.ShouldBe(lanes - 1, 0.01 * (lanes - 1));
        result.Staleness!.Mean.ShouldBe(result.StalenessMean, 1e-9);
        result.Staleness.Histogram.Sum(range => range.Units).ShouldBe(100L * lanes);
        result.ImplicitMomentum!.Value.ShouldBe(1 - (1.0 / lanes), 0.01);
    }

    [Fact]
    public async Task Epochs_in_metrics_have_what_the_result_ends_with()
    {
        var result = await _runs.RunAsync(TrainingRuns.Digits with { Mode = "asp", Workers = 2, Steps = null, Epochs = 3 });
        var epochs = MetricsReader.Epochs(RunFolder.Open(result.Run).MetricsPath);
        epochs.Count.ShouldBe(3);
        epochs.Select(epoch => epoch.Staleness!.Histogram.Sum(range => range.Units)).ShouldBeInOrder();
        epochs[0].Drift!.Mean.ShouldBeGreaterThan(0);
        epochs.ShouldAllBe(epoch => epoch.Waiting!.Count == 2 && epoch.ImplicitMomentum > 0);
        var json = JsonDocument.Parse(result.ToJson()).RootElement;
        json.GetProperty("staleness").GetProperty("max").GetInt64().ShouldBe(result.Staleness!.Max);
        json.GetProperty("drift").GetProperty("updates").GetInt64().ShouldBe(result.Drift!.Updates);
        json.GetProperty("waiting")[1].GetProperty("worker").GetString().ShouldBe("worker-1");
        json.GetProperty("implicitMomentum").GetDouble().ShouldBe(result.ImplicitMomentum!.Value);
    }

    [Theory]
    [InlineData("bsp", 40 * 3)]
    [InlineData("asp", 40)]
    public async Task A_run_keeps_the_service_times_of_its_workers(string mode, int atLeast)
    {
        var result = await _runs.RunAsync(TrainingRuns.Digits with { Mode = mode, Workers = 3, Lanes = 3 });
        var times = ServiceTimesFile.Read(RunFolder.Open(result.Run).ServiceTimesPath);
        times.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        times.Select(time => time.Worker).Distinct().ShouldBe([0, 1, 2]);
        times.ShouldAllBe(time => time.Milliseconds > 0 && time.Samples <= 17);
    }
}
