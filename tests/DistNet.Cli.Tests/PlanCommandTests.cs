using System.Text.Json.Nodes;
using DistNet.Hosting;

namespace DistNet.Cli.Tests;

public sealed class PlanCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly CommandRunner _runner = new();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_plan_is_a_table_and_a_recommendation()
    {
        (await _runner.RunAsync("plan", "bsp", "asp", "--run", Recorded("a"), "--workers", "2,4", "--max-staleness", "3", "--measured", Recorded("b"))).ShouldBe(ExitCode.Done);
        _runner.Out.ShouldContain("recommended: --mode asp --workers 4");
        _runner.Out.ShouldContain("measured since");
        _runner.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_was_trained_can_be_planned_from()
    {
        var options = new TrainingOptions { Data = "iris", Hidden = [8], Batch = 15, Epochs = 4, Workers = 3, Out = Path.Combine(_root, "trained") };
        var run = await TrainingSession.RunAsync(options, Unwatched.Instance, CancellationToken.None);
        (await _runner.RunAsync("plan", "--run", run.Run, "--format", "json")).ShouldBe(ExitCode.Done, _runner.Error);
        var plan = JsonNode.Parse(_runner.Out)!;
        plan["workers"]!.GetValue<int>().ShouldBe(3);
        plan["samplesPerGradient"]!.GetValue<double>().ShouldBe(5);
    }

    [Fact]
    public async Task As_json_it_is_one_object()
    {
        (await _runner.RunAsync("plan", "--run", Recorded("a"), "--goal", "updates", "--format", "json")).ShouldBe(ExitCode.Done);
        JsonNode.Parse(_runner.Out)!["goal"]!.GetValue<string>().ShouldBe("updates");
    }

    [Fact]
    public async Task Wrong_usage_is_said()
    {
        (await _runner.RunAsync("plan", "--run", Recorded("a"), "--workers", "2,many")).ShouldBe(ExitCode.WrongUsage);
        (await _runner.RunAsync("plan", "hogwild", "--run", Recorded("b"))).ShouldBe(ExitCode.WrongUsage);
        (await _runner.RunAsync("plan", "--run", _root)).ShouldBe(ExitCode.WrongUsage);
        _runner.ErrorLines.Select(line => line.Split(' ')[1]).ShouldBe(["--workers:", "hogwild:", _root]);
    }

    private string Recorded(string name)
    {
        var folder = RunFolder.CreateAt(new TrainingOptions(), Path.Combine(_root, name));
        ServiceTimesFile.Write(folder.ServiceTimesPath, Enumerable.Range(0, 100).Select(i => new ServiceTime(i % 2, i / 2, 16, 10 + (i % 7))));
        using var metrics = MetricsWriter.Open(folder.MetricsPath);
        metrics.Epoch(new EpochReport(1, 1, 50, 0.5, null, null, 2000, []));
        return folder.Root;
    }
}
