using DistNet.Hosting;

namespace DistNet.Cli.Tests;

/// <summary>Out of the project, and into it.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("onnx")]
    [InlineData("safetensors")]
    public async Task A_run_is_exported_and_what_was_done_is_one_line(string format)
    {
        var run = await TrainAsync();
        var file = Path.Combine(_folder, "network");
        string[] args = ["export", "--run", run, "--format", format, "--output", file];
        var (first, again, forced) = (new CommandRunner(), new CommandRunner(), new CommandRunner());

        (await first.RunAsync(args)).ShouldBe(0, first.Error);
        (await again.RunAsync(args)).ShouldBe(2);
        (await forced.RunAsync([.. args, "--force"])).ShouldBe(0, forced.Error);

        first.Out.ShouldBe($"{file}: {format}, {new FileInfo(file).Length} bytes, version 2 of {run}\n");
        first.Error.ShouldBeEmpty();
        again.ErrorLines.ShouldBe([$"distnet: --output: {file} is there already; name a new file, or give --force to replace it"]);
    }

    [Theory]
    [InlineData("export --run r --format onx --output f", "distnet: --format: 'onx' is not one of onnx, safetensors; did you mean onnx?")]
    [InlineData("export --run r --output f", "distnet: Option '--format' is required.")]
    [InlineData("export --run /nowhere/x --format onnx --output f", "distnet: /nowhere/x is not a run folder: it has no config.json")]
    public async Task Wrong_usage_is_one_clear_line_and_exits_2(string line, string expected)
    {
        var runner = new CommandRunner();

        (await runner.RunAsync(line.Split(' '))).ShouldBe(2);

        runner.ErrorLines.ShouldBe([expected]);
    }

    [Fact]
    public async Task Weights_to_start_from_come_from_any_source_of_options()
    {
        var config = Path.Combine(_folder, "run.json");
        File.WriteAllText(config, """{ "initFrom": "from-file.safetensors" }""");
        var environment = new CommandRunner { Environment = [new("DISTNET_INIT_FROM", "from-environment.safetensors")] };
        var (file, line) = (new CommandRunner(), new CommandRunner());

        await environment.RunAsync("train");
        await file.RunAsync("train", "--config", config);
        await line.RunAsync("train", "--config", config, "--init-from", "from-line.safetensors");

        new[] { environment, file, line }.Select(runner => runner.Trained!.InitFrom)
            .ShouldBe(["from-environment.safetensors", "from-file.safetensors", "from-line.safetensors"]);
    }

    private async Task<string> TrainAsync()
    {
        var options = new TrainingOptions { Data = "iris", Hidden = [3], Batch = 20, Epochs = null, Steps = 2, Out = Path.Combine(_folder, "run") };
        return (await TrainingSession.RunAsync(options, Unwatched.Instance, default)).Run;
    }
}
