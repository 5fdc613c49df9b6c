using DistNet.Learning;

namespace DistNet.Hosting.Tests;

/// <summary>A run that was stopped and goes on ends at the bits of one that was never stopped.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int StepsPerEpoch = 29;

    private readonly TrainingRuns _runs = new();

    private static TrainingOptions Options { get; } = TrainingRuns.Digits with
    {
        Optimizer = OptimizerKind.Adam,
        LearningRate = 0.003f,
        Dropout = 0.2f,
        Steps = null,
        Epochs = 6,
    };

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1, 3, 2)]
    [InlineData(3, 3, 8, 1)]
    [InlineData(4, 2, 1, 3)]
    public async Task A_run_stopped_twice_ends_at_the_same_bits_whoever_goes_on(int workers, int servers, int nextWorkers, int nextServers)
    {
        var whole = await _runs.RunAsync(Options with { Workers = 2 });

        var first = await StoppedAt(40, Options with { Workers = workers, Servers = servers });
        using var stop = new CancellationTokenSource();
        var second = await TrainingRuns.ResumeAsync(
            first, stored => stored with { Workers = nextWorkers, Servers = nextServers }, StopAt(first.Steps + 30, stop), stop.Token);
        var last = await TrainingRuns.ResumeAsync(second);

        first.Stopped.ShouldBeTrue();
        first.Steps.ShouldBeInRange(40, whole.Steps - 40);
        second.Stopped.ShouldBeTrue();
        second.Steps.ShouldBeGreaterThan(first.Steps);
        ShouldBeTheSame(last, whole);
    }

    /// <summary>A result beside a run that is on its way again would be taken for its own.</summary>
    [Fact]
    public async Task What_an_earlier_end_came_to_goes_when_the_run_goes_on()
    {
        var folder = RunFolder.Open((await _runs.RunAsync(Options with { Epochs = 1 })).Run);
        File.WriteAllText(folder.ReplayPath, "{}");
        using var stop = new CancellationTokenSource();
        bool? isThere = null;
        var progress = new Watcher { OnStep = _ => isThere ??= File.Exists(folder.ResultPath) || File.Exists(folder.ReplayPath) };

        await Should.ThrowAsync<UsageException>(() => ResumeAsync(data: "iris"));
        File.Exists(folder.ResultPath).ShouldBeTrue("it was not taken up");
        await ResumeAsync(Options.Data);

        isThere.ShouldBe(false);
        File.Exists(folder.ResultPath).ShouldBeTrue();
        File.Exists(folder.ReplayPath).ShouldBeFalse();

        Task ResumeAsync(string data) => TrainingSession.RunAsync(folder.ReadConfig() with { Resume = folder.Root, Data = data, Epochs = 2 }, progress, stop.Token);
    }

    [Theory]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.Nesterov)]
    [InlineData(OptimizerKind.Adagrad)]
    [InlineData(OptimizerKind.RmsProp)]
    [InlineData(OptimizerKind.AdamW)]
    public async Task Optimiser_state_is_restored(OptimizerKind optimizer)
    {
        var options = Options with { Optimizer = optimizer, LearningRate = 0.01f, Schedule = ScheduleKind.Cosine, Warmup = 0.2f, L2 = 0.001f };
        var whole = await _runs.RunAsync(options);

        var stopped = await StoppedAt(50, options with { Servers = 2 });
        var resumed = await TrainingRuns.ResumeAsync(stopped);

        ShouldBeTheSame(resumed, whole);
    }

    [Fact]
    public async Task The_loss_of_every_step_is_kept_across_a_stop_within_an_epoch()
    {
        var options = Options with { RecordSteps = true, Epochs = 3, CheckpointEvery = 7 };
        var whole = await _runs.RunAsync(options);

        var stopped = await StoppedAt(13, options);
        var resumed = await TrainingRuns.ResumeAsync(stopped);

        (stopped.Steps % StepsPerEpoch).ShouldNotBe(0);
        ShouldBeTheSame(resumed, whole);
        resumed.LossHistory.Count.ShouldBe(3 * StepsPerEpoch);
    }

    [Fact]
    public async Task A_completed_run_with_more_epochs_is_a_longer_run()
    {
        var whole = await _runs.RunAsync(Options);
        var part = await _runs.RunAsync(Options with { Epochs = 2 });

        var longer = await TrainingRuns.ResumeAsync(part, stored => stored with { Epochs = 6 });

        part.Stopped.ShouldBeFalse();
        ShouldBeTheSame(longer, whole);
    }

    [Fact]
    public async Task A_completed_run_that_is_resumed_as_it_is_trains_nothing_and_reports_the_same()
    {
        var whole = await _runs.RunAsync(Options with { Epochs = 2 });
        var watcher = new Watcher();

        var again = await TrainingRuns.ResumeAsync(whole, progress: watcher);

        watcher.Epochs.ShouldBeEmpty();
        ShouldBeTheSame(again, whole);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(29)]
    public async Task Checkpoints_within_epochs_change_no_bit_and_can_be_gone_on_from(int every)
    {
        var whole = await _runs.RunAsync(Options);

        var options = Options with { CheckpointEvery = every, Workers = 3, Servers = 2 };
        var stopped = await StoppedAt(45, options);
        var resumed = await TrainingRuns.ResumeAsync(stopped);

        ShouldBeTheSame(await _runs.RunAsync(options), whole);
        ShouldBeTheSame(resumed, whole);
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_passed_over_with_a_notice_and_the_bits_are_the_same()
    {
        var whole = await _runs.RunAsync(Options);
        var stopped = await StoppedAt(45, Options with { CheckpointEvery = 7 });
        Damage(Checkpoints(stopped)[^1]);
        var watcher = new Watcher();

        var resumed = await TrainingRuns.ResumeAsync(stopped, progress: watcher);

        watcher.Notices.ShouldHaveSingleItem().ShouldContain("is damaged");
        watcher.Description!.FirstVersion.ShouldBeLessThan(stopped.Steps);
        ShouldBeTheSame(resumed, whole);
    }

    [Fact]
    public async Task Without_a_good_checkpoint_a_resume_is_refused_in_one_line()
    {
        var stopped = await StoppedAt(45, Options with { CheckpointEvery = 7 });
        Array.ForEach(Checkpoints(stopped), Damage);

        var failure = await Should.ThrowAsync<RunFolderException>(() => TrainingRuns.ResumeAsync(stopped));

        failure.Message.ShouldContain("has no good checkpoint");
        failure.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_run_stopped_before_its_first_step_begins_anew_with_a_notice()
    {
        var whole = await _runs.RunAsync(Options with { Epochs = 2 });
        var watcher = new Watcher();

        var stopped = await _runs.RunAsync(Options with { Epochs = 2 }, stop: new CancellationToken(canceled: true));
        var resumed = await TrainingRuns.ResumeAsync(stopped, progress: watcher);

        stopped.Stopped.ShouldBeTrue();
        stopped.Steps.ShouldBe(0);
        watcher.Notices.ShouldHaveSingleItem().ShouldContain("has no checkpoint yet");
        ShouldBeTheSame(resumed, whole);
    }

    [Fact]
    public async Task Metrics_hold_every_epoch_once_after_a_resume()
    {
        var stopped = await StoppedAt(70, Options);

        await TrainingRuns.ResumeAsync(stopped);

        File.ReadLines(RunFolder.Open(stopped.Run).MetricsPath)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("epoch").GetInt32())
            .ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    public void Dispose() => _runs.Dispose();

    private async Task<TrainingResult> StoppedAt(long version, TrainingOptions options)
    {
        using var stop = new CancellationTokenSource();
        return await _runs.RunAsync(options, StopAt(version, stop), stop.Token);
    }

    private static Watcher StopAt(long version, CancellationTokenSource stop) => new()
    {
        OnStep = step =>
        {
            if (step.Version >= version)
            {
                stop.Cancel();
            }
        },
    };

    private static void ShouldBeTheSame(TrainingResult actual, TrainingResult expected)
    {
        actual.Stopped.ShouldBeFalse();
        actual.WeightsSha256.ShouldBe(expected.WeightsSha256);
        actual.LossHistory.ShouldBe(expected.LossHistory);
        actual.TrainLoss.ShouldBe(expected.TrainLoss);
        actual.TestLoss.ShouldBe(expected.TestLoss);
        actual.TestAccuracy.ShouldBe(expected.TestAccuracy);
        actual.Ledger.ShouldBe(expected.Ledger);
    }

    private static string[] Checkpoints(TrainingResult run) =>
        [.. Directory.EnumerateFiles(RunFolder.Open(run.Run).CheckpointsPath).Order(StringComparer.Ordinal)];

    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
