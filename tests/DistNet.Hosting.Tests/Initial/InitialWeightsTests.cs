using DistNet.Learning;

namespace DistNet.Hosting.Tests;

/// <summary>Runs that start from given weights.</summary>
public sealed class InitialWeightsTests : IDisposable
{
    private readonly TrainingRuns _runs = new();
    private readonly TemporaryFolder _folder = new();

    private static TrainingOptions Options { get; } = TrainingRuns.Digits with { Lanes = 4, Workers = 1 };

    public void Dispose()
    {
        _runs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Under_bsp_the_end_is_one_hash_whoever_computes_and_another_than_without()
    {
        var options = Options with { InitFrom = await TrainedAsync() };
        var expected = await _runs.RunAsync(options);

        foreach (var (workers, servers) in new[] { (2, 3), (4, 2) })
        {
            (await _runs.RunAsync(options with { Workers = workers, Servers = servers })).WeightsSha256.ShouldBe(expected.WeightsSha256);
        }

        (await _runs.RunAsync(Options)).WeightsSha256.ShouldNotBe(expected.WeightsSha256);
        expected.LossHistory[0].ShouldBeLessThan((await _runs.RunAsync(Options)).LossHistory[0] / 2, "the weights were trained before");
    }

    [Fact]
    public async Task A_run_of_half_the_steps_is_gone_on_with_by_sgd_to_the_bits_of_the_whole()
    {
        // A step of plain SGD has no state, so this shows which weights version 0 has; the second half's batches are those of its own first steps.
        var sgd = Options with { Optimizer = OptimizerKind.Sgd, Steps = 1, Batch = TrainingOptions.FullBatch };
        var whole = await _runs.RunAsync(sgd with { Steps = 2 });

        var second = await _runs.RunAsync(sgd with { InitFrom = CheckpointOf(await _runs.RunAsync(sgd)) });

        var differences = ParametersOf(second).Zip(ParametersOf(whole), (one, other) => Math.Abs(one - other));
        differences.Max().ShouldBeLessThan(1e-5f, "batches are shuffled, so that sums round differently");
    }

    [Fact]
    public async Task The_optimiser_starts_fresh()
    {
        var start = await TrainedAsync();
        var first = Options with { InitFrom = start, Steps = 1 };

        var momentum = await _runs.RunAsync(first with { Optimizer = OptimizerKind.Momentum });
        var sgd = await _runs.RunAsync(first with { Optimizer = OptimizerKind.Sgd });

        momentum.WeightsSha256.ShouldBe(sgd.WeightsSha256, "the first step of a velocity that is 0 is plain");
    }

    [Fact]
    public async Task A_run_records_what_it_started_from()
    {
        var trained = await _runs.RunAsync(Options);
        var run = RunFolder.Open((await _runs.RunAsync(Options with { InitFrom = CheckpointOf(trained) })).Run);

        run.ReadConfig().InitSha256.ShouldBe(trained.WeightsSha256);
        run.ReadConfig().InitFrom.ShouldBe(CheckpointOf(trained));
        using var copy = File.OpenRead(run.InitialPath);
        SafeTensorsReader.Read(copy).Keys.Order().ShouldBe(["layers.0.bias", "layers.0.weight", "layers.1.bias", "layers.1.weight"]);
    }

    [Theory]
    [InlineData("bsp")]
    [InlineData("asp")]
    public async Task It_goes_on_and_is_repeated_when_the_file_is_gone(string mode)
    {
        var file = _folder.File("start.safetensors");
        File.Copy(await TrainedAsync(), file);
        var options = Options with { InitFrom = file, Mode = mode, Optimizer = OptimizerKind.Sgd, Workers = 2 };
        var half = await _runs.RunAsync(options with { Steps = 20 });
        File.Delete(file);

        var whole = await TrainingRuns.ResumeAsync(half, stored => stored with { Steps = 40 });

        (await ReplaySession.RunAsync(whole.Run, threads: 2, default)).IsSame.ShouldBeTrue();
    }

    [Fact]
    public async Task Before_its_first_checkpoint_it_begins_anew_from_its_copy()
    {
        var options = Options with { InitFrom = await TrainedAsync() };
        var expected = await _runs.RunAsync(options);
        var cut = RunFolder.Open((await _runs.RunAsync(options)).Run);
        File.Delete(cut.ManifestPath);

        var again = await TrainingRuns.ResumeAsync(expected with { Run = cut.Root });

        again.WeightsSha256.ShouldBe(expected.WeightsSha256);
    }

    [Fact]
    public async Task Other_weights_in_its_folder_are_noticed()
    {
        var run = await _runs.RunAsync(Options with { InitFrom = await TrainedAsync() });
        var other = await _runs.RunAsync(Options with { InitFrom = await TrainedAsync(seed: 9) });
        var folder = RunFolder.Open(run.Run);
        File.Copy(RunFolder.Open(other.Run).InitialPath, folder.InitialPath, overwrite: true);

        (await Should.ThrowAsync<RunFolderException>(() => TrainingRuns.ResumeAsync(run))).Message.ShouldContain("is not what the run started from");
        Should.Throw<RunFolderException>(() => Inference.Evaluate(folder, null, _ => { })).Message.ShouldContain("initial.safetensors was altered");

        File.Delete(folder.InitialPath);
        (await Should.ThrowAsync<RunFolderException>(() => TrainingRuns.ResumeAsync(run))).Message.ShouldContain("was altered or removed");
        File.Delete(folder.ManifestPath);
        (await Should.ThrowAsync<RunFolderException>(() => TrainingRuns.ResumeAsync(run))).Message.ShouldContain("restore initial.safetensors");
    }

    [Fact]
    public async Task Weights_of_another_hash_are_refused_and_so_is_a_file_that_is_not_there()
    {
        var start = await TrainedAsync();
        var hash = new string('a', 64);

        (await Should.ThrowAsync<UsageException>(() => _runs.RunAsync(Options with { InitFrom = start, InitSha256 = hash }))).Message
            .ShouldEndWith($", not {hash}");
        (await Should.ThrowAsync<UsageException>(() => _runs.RunAsync(Options with { InitFrom = "none" }))).Message.ShouldBe("--init-from: there is no file none");
        TrainingOptionsValidator.Validate(Options with { InitSha256 = "no" }).ShouldBe(
        [
            "--init-sha256: must be 64 lower-case hexadecimal digits, not no",
            "--init-sha256: is of the weights that --init-from names; give both",
        ]);
    }

    /// <summary>A checkpoint of the same network after some steps.</summary>
    private async Task<string> TrainedAsync(ulong seed = 5) => CheckpointOf(await _runs.RunAsync(Options with { Seed = seed }));

    private static string CheckpointOf(TrainingResult run) => Directory.EnumerateFiles(RunFolder.Open(run.Run).CheckpointsPath).Order().Last();

    private static float[] ParametersOf(TrainingResult run)
    {
        using var network = TrainedNetwork.Open(RunFolder.Open(run.Run), _ => { });
        return network.Parameters.ToArray();
    }
}
