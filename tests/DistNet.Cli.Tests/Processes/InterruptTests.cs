using System.Globalization;
using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cli.Tests;

/// <summary>The real program is stopped or killed and goes on to the bits of a run that nothing disturbed.</summary>
public sealed class InterruptTests : IDisposable
{
    private const int StepsPerEpoch = 29;

    private static readonly string[] Train =
        ["train", "--hidden", "16", "--batch", "50", "--lanes", "8", "--epochs", "100000", "--dropout", "0.1", "--out", "run", "--format", "json"];

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    private string Run => Path.Combine(_folder, "run");

    [Theory]
    [InlineData("1", "1")]
    [InlineData("3", "2")]
    public async Task Interrupt_ends_with_a_checkpoint_and_exit_130_and_resume_ends_at_the_undisturbed_hash(string workers, string servers)
    {
        using var process = CommandProcess.Start(_folder, [.. Train, "--workers", workers, "--servers", servers], awaited: "epoch 2/");
        await process.SeenAsync();

        process.Interrupt();
        var stopped = await process.ExitAsync();

        stopped.ExitCode.ShouldBe(130, stopped.Error);
        var result = JsonDocument.Parse(stopped.Out).RootElement;
        result.GetProperty("stopped").GetBoolean().ShouldBeTrue();
        stopped.ErrorLines[^1].ShouldBe("distnet: stopped with a checkpoint; go on with: distnet train --resume run");
        await ResumeToTheUndisturbedHash(result.GetProperty("steps").GetInt64());
    }

    [Fact]
    public async Task A_killed_run_goes_on_from_its_last_checkpoint_to_the_undisturbed_hash()
    {
        using var process = CommandProcess.Start(_folder, [.. Train, "--checkpoint-every", "10", "--workers", "2"], awaited: "epoch 3/");
        await process.SeenAsync();

        process.Kill();
        var killed = await process.ExitAsync();

        killed.Out.ShouldBeEmpty();
        var version = LatestCheckpoint();
        version.ShouldBeGreaterThanOrEqualTo(80);
        await ResumeToTheUndisturbedHash(version);
    }

    [Fact]
    public async Task A_run_killed_before_its_first_checkpoint_begins_anew()
    {
        using var process = CommandProcess.Start(_folder, [.. Train, "--checkpoint-every", "1000000"], awaited: "epoch 1/");
        await process.SeenAsync();

        process.Kill();
        await process.ExitAsync();

        File.Exists(RunFolder.Open(Run).ManifestPath).ShouldBeFalse();
        await ResumeToTheUndisturbedHash(0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private long LatestCheckpoint()
    {
        var manifest = JsonDocument.Parse(File.ReadAllText(RunFolder.Open(Run).ManifestPath)).RootElement;
        var latest = manifest.EnumerateObject().Select(file => Path.GetFileNameWithoutExtension(file.Name)).Where(name => name[0] == 'v').Max()!;
        return long.Parse(latest[1..], CultureInfo.InvariantCulture);
    }

    private async Task ResumeToTheUndisturbedHash(long version)
    {
        var epochs = (int)(version / StepsPerEpoch) + 3;
        var resumed = await CommandProcess.RunAsync(
            _folder, ["train", "--resume", "run", "--epochs", $"{epochs}", "--workers", "2", "--servers", "1", "--format", "json"]);
        resumed.ExitCode.ShouldBe(0, resumed.Error);
        var result = JsonDocument.Parse(resumed.Out).RootElement;

        var options = RunFolder.Open(Run).ReadConfig() with { Epochs = epochs, Out = Path.Combine(_folder, "undisturbed"), CheckpointEvery = null };
        var undisturbed = await TrainingSession.RunAsync(options, new PlainProgress(TextWriter.Null, 1, isQuiet: true), default);

        result.GetProperty("stopped").GetBoolean().ShouldBeFalse();
        result.GetProperty("weightsSha256").GetString().ShouldBe(undisturbed.WeightsSha256);
        result.GetProperty("lossHistory").EnumerateArray().Select(loss => loss.GetDouble()).ShouldBe(undisturbed.LossHistory);
        result.GetProperty("ledger").GetProperty("applied").GetInt64().ShouldBe(undisturbed.Ledger.Applied);
    }
}
