using System.Text.Json;

namespace DistNet.Cli.Tests;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [Fact]
    public async Task The_result_is_that_of_training_in_virtual_seconds()
    {
        var result = await RunAsync("--mode asp --lanes 8 --steps 400 --compute quadratic --service constant:10ms --slow 3=2.0");
        result.GetProperty("virtual").GetBoolean().ShouldBeTrue();
        result.GetProperty("steps").GetInt64().ShouldBe(400);
        result.GetProperty("workers").GetInt32().ShouldBe(8);
        result.GetProperty("seconds").GetDouble().ShouldBe(400 * 0.01 / 7.5, 0.02);
        result.GetProperty("events").GetInt64().ShouldBeGreaterThan(400 * 6);
        result.GetProperty("eventsPerSecond").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Workers_may_be_fewer_than_lanes()
    {
        var result = await RunAsync("--lanes 8 --workers 2 --steps 10 --compute none --service 10ms");
        result.GetProperty("workers").GetInt32().ShouldBe(2);
        result.GetProperty("seconds").GetDouble().ShouldBe(10 * 0.04, 1e-6);
    }

    [Fact]
    public async Task All_mistakes_are_one_line_each_and_exit_2()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("simulate", "--lr", "-1", "--service", "exp", "--slow", "0=-2")).ShouldBe(2);

        runner.ErrorLines.Length.ShouldBe(3);
        runner.Error.ShouldContain("distnet: --lr: must be more than 0, not -1");
        runner.Error.ShouldContain("distnet: --service: 'exp' is none of constant:10ms, exp:MEAN");
        runner.Error.ShouldContain("distnet: --slow: '0=-2' has no factor above 0");
        runner.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_that_there_is_not_is_named()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("simulate", "--lanes", "3", "--service-of", "2..3=1ms")).ShouldBe(2);

        runner.ErrorLines.ShouldBe(["distnet: --service-of: '2..3=1ms' names workers that there are not: they are numbered from 0 to 2"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<JsonElement> RunAsync(string options)
    {
        var runner = new CommandRunner();
        (await runner.RunAsync([.. $"simulate --format json --out {_folder}/run {options}".Split(' ')])).ShouldBe(0, runner.Error);
        return JsonDocument.Parse(runner.Out).RootElement;
    }
}
