using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class ReplaySessionTests : IDisposable
{
    private readonly TrainingRuns _runs = new();

    private static TrainingOptions Options { get; } = TrainingRuns.Digits with { Optimizer = OptimizerKind.Sgd, Lanes = 4, Workers = 3, Threads = 2, Steps = 60 };

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("bsp")]
    [InlineData("asp")]
    [InlineData("backup:1")]
    [InlineData("kbatchsync:3")]
    [InlineData("kasync:2")]
    [InlineData("kbatchasync:3")]
    [InlineData("ssp:2")]
    [InlineData("local:3")]
    [InlineData("easgd:0.2")]
    [InlineData("asp@20,bsp@30,ssp:1@45,kasync:3")]
    public async Task A_run_is_repeated_bit_for_bit(string mode)
    {
        var run = await _runs.RunAsync(Options with { Mode = mode, Servers = 2 });
        var replay = await ReplayAsync(run);
        replay.RecordedSha256.ShouldBe(run.WeightsSha256);
        replay.ReplayedSha256.ShouldBe(run.WeightsSha256);
        replay.Version.ShouldBe(60);
    }

    [Theory]
    [InlineData("staleness-lr", null)]
    [InlineData("dcasgd", null)]
    [InlineData("dcasgd-c:0.1", 0.5f)]
    public async Task Corrections_and_clipping_are_repeated_too(string correction, float? clipNorm)
    {
        var run = await _runs.RunAsync(Options with { Mode = "asp", Correction = correction, ClipNorm = clipNorm, Optimizer = OptimizerKind.Momentum });
        (await ReplayAsync(run)).IsSame.ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_was_stopped_and_resumed_has_one_log()
    {
        var half = await _runs.RunAsync(Options with { Mode = "asp", Steps = 30 });
        (await ReplayAsync(half)).Version.ShouldBe(30);
        var whole = await TrainingRuns.ResumeAsync(half, options => options with { Steps = 60 });
        var replay = await ReplayAsync(whole);
        replay.IsSame.ShouldBeTrue();
        replay.Units.ShouldBe(60);
    }

    [Fact]
    public async Task A_log_with_one_flipped_bit_repeats_nothing()
    {
        var run = await _runs.RunAsync(Options with { Mode = "asp" });
        var path = RunFolder.Open(run.Run).UpdatesPath;
        var bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(path, bytes);
        (await Should.ThrowAsync<RunFolderException>(() => ReplayAsync(run))).Message.ShouldContain("cannot be repeated");
    }

    [Fact]
    public async Task Without_a_log_it_says_so()
    {
        var run = await _runs.RunAsync(Options with { Mode = "asp" });
        File.Delete(RunFolder.Open(run.Run).UpdatesPath);
        (await Should.ThrowAsync<RunFolderException>(() => ReplayAsync(run))).Message.ShouldContain("ends at version 0");
    }

    private static Task<ReplayResult> ReplayAsync(TrainingResult run) =>
        ReplaySession.RunAsync(run.Run, threads: 2, default).WaitAsync(TimeSpan.FromMinutes(2));
}
