namespace DistNet.Hosting.Tests;

/// <summary>asp: no hash to compare, but every sample is applied once and staleness is what theory says.</summary>
public sealed class AsynchronousTests : IDisposable
{
    private readonly TrainingRuns _runs = new();

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(2, 1, null)]
    [InlineData(3, 2, null)]
    [InlineData(4, 3, 1)]
    [InlineData(8, 2, null)]
    public async Task Every_sample_is_applied_once(int workers, int servers, int? threads)
    {
        var options = TrainingRuns.Digits with { Mode = "asp", Workers = workers, Servers = servers, Threads = threads, Steps = null, Epochs = 2 };

        var result = await _runs.RunAsync(options);

        result.Ledger.ShouldBe(new LedgerReport(2 * 1438, 2 * 1438, 0, 0, 0, 0));
        result.Samples.ShouldBe(2 * 1438);
        result.LossHistory.Count.ShouldBe(2);
        result.LossHistory.ShouldAllBe(loss => double.IsFinite(loss));
        result.Stopped.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 1)]
    [InlineData(8, 3)]
    public async Task Mean_staleness_is_lanes_less_one(int lanes, int servers)
    {
        var options = TrainingRuns.Digits with { Mode = "asp", Lanes = lanes, Workers = lanes, Servers = servers, Batch = 16, Steps = 300L * lanes };

        var result = await _runs.RunAsync(options);

        result.Steps.ShouldBe(300L * lanes);
        result.StalenessMean.ShouldBe(lanes - 1, 0.01 * lanes);
    }

    /// <summary>Epochs are far shorter than an evaluation, so that others end meanwhile.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Every_score_is_told_with_an_epoch_whose_evaluation_was_due(int evalEvery)
    {
        var watcher = new Watcher();
        var options = TrainingRuns.Digits with { Mode = "asp", TestFraction = 0.9, Batch = 64, Steps = null, Epochs = 24, EvalEvery = evalEvery };

        var result = await _runs.RunAsync(options, watcher);

        watcher.Epochs.Select(report => report.Epoch).ShouldBe(Enumerable.Range(1, 24));
        var scored = watcher.Epochs.Where(report => report.TestLoss is not null).ToArray();
        scored.Select(report => report.TestAccuracy!.Value).ShouldBe(result.TestAccuracyHistory);
        scored.ShouldAllBe(report => report.Epoch % evalEvery == 0);
        scored[^1].Epoch.ShouldBe(24);
    }

    [Fact]
    public async Task A_stopped_run_goes_on_until_every_sample_is_applied()
    {
        using var stop = new CancellationTokenSource();
        var watcher = new Watcher { OnStep = step => Cancel(stop, step.Version >= 60) };
        var options = TrainingRuns.Digits with { Mode = "asp", Workers = 3, Servers = 2, Steps = null, Epochs = 30 };

        var stopped = await _runs.RunAsync(options, watcher, stop.Token);
        var resumed = await TrainingRuns.ResumeAsync(stopped);

        stopped.Stopped.ShouldBeTrue();
        stopped.Ledger.Applied.ShouldBe(stopped.Ledger.Planned - stopped.Ledger.Pending);
        resumed.Stopped.ShouldBeFalse();
        resumed.Ledger.ShouldBe(new LedgerReport(30 * 1438, 30 * 1438, 0, 0, 0, 0));
    }

    public void Dispose() => _runs.Dispose();

    private static void Cancel(CancellationTokenSource source, bool now)
    {
        if (now)
        {
            source.Cancel();
        }
    }
}
