using System.Text.Json.Nodes;
using DistNet.Hosting;

namespace DistNet.Cli.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("distnet-test-").FullName, "comparison");
    private readonly CommandRunner _runner = new();

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task Every_rule_is_run_with_every_seed_and_told_in_a_line_with_what_it_had_to_say()
    {
        (await _runner.RunAsync("compare", "bsp", "asp", "--seeds", "2", "--seed", "5", "--lr", "0.2", "--out", _folder)).ShouldBe(ExitCode.Done);
        _runner.ErrorLines.Select(line => line.Split(':')[0]).ShouldBe(
            ["1/4 bsp, seed 5", "  a notice", "2/4 asp, seed 5", "  a notice", "3/4 bsp, seed 6", "  a notice", "4/4 asp, seed 6", "  a notice"]);
        (_runner.Trained!.Mode, _runner.Trained.Seed, _runner.Trained.LearningRate).ShouldBe(("asp", 6ul, 0.2f));
        _runner.Out.ShouldContain("train loss");
        _runner.Out.ShouldContain(Path.Combine(_folder, "comparison.json"));
        File.Exists(Path.Combine(_folder, "comparison.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task As_json_it_is_one_object_and_nothing_else()
    {
        (await _runner.RunAsync("compare", "bsp", "--seeds", "1", "--format", "json", "--quiet", "--out", _folder)).ShouldBe(ExitCode.Done);
        JsonNode.Parse(_runner.Out)!["runs"]![0]!["command"]!.GetValue<string>().ShouldBe("distnet train --lanes 2");
        _runner.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_that_diverge_are_a_result_and_runs_that_fail_are_not()
    {
        var diverging = new CommandRunner { Failure = new TrainingFailedException("The test loss is not finite at version 3. Lower the learning rate (--lr).") };
        (await diverging.RunAsync("compare", "bsp", "--seeds", "1", "--out", _folder)).ShouldBe(ExitCode.Done);
        diverging.Out.ShouldContain("diverged");
        var failing = new CommandRunner { Failure = new TrainingFailedException("a server is gone") };
        (await failing.RunAsync("compare", "bsp", "--seeds", "1", "--out", _folder + "-2")).ShouldBe(ExitCode.RunFailed);
    }

    [Fact]
    public async Task Under_simulation_curves_are_against_virtual_time()
    {
        string[] cluster = ["--lanes", "4", "--service", "constant:1s", "--slow", "0=2", "--compute", "quadratic:noise=0.1"];
        (await _runner.RunAsync([
            "compare", "bsp", "asp", "--under", "simulation", .. cluster,
            "--steps", "400", "--optimizer", "sgd", "--seeds", "1", "--format", "json", "--quiet", "--out", _folder])).ShouldBe(ExitCode.Done, _runner.Error);
        var runs = JsonNode.Parse(_runner.Out)!["runs"]!.AsArray();
        runs[0]!["seconds"]!.GetValue<double>().ShouldBe(800, 1);
        runs[1]!["seconds"]!.GetValue<double>().ShouldBe(400 / 3.5, 2);
        var last = runs[0]!["curve"]!.AsArray()[^1]!;
        last["seconds"]!.GetValue<double>().ShouldBe(2 * last["version"]!.GetValue<long>(), 1);
        runs[0]!["command"]!.GetValue<string>().ShouldStartWith("distnet simulate --compute quadratic:noise=0.1 --service constant:1s --slow 0=2 --");
        _runner.Trained.ShouldBeNull();
    }

    [Theory]
    [InlineData("RULE: name at least one update rule", "compare")]
    [InlineData("--mode: hogwild: must be one of", "compare", "hogwild")]
    [InlineData("--mode: compare takes update rules as arguments", "compare", "bsp", "--mode", "asp")]
    [InlineData("--slow: is of a simulated cluster; add --under simulation", "compare", "bsp", "--slow", "0=2")]
    [InlineData("--service: 'often' is none of", "compare", "bsp", "--under", "simulation", "--service", "often")]
    [InlineData("--under: 'cloud' is not one of", "compare", "bsp", "--under", "cloud")]
    [InlineData("--seeds: '0' is not a whole number of 1 or more", "compare", "bsp", "--seeds", "0")]
    [InlineData("--target-loss: '-1' is not a number above 0", "compare", "bsp", "--target-loss=-1")]
    public async Task Wrong_usage_is_said_and_runs_nothing(string why, params string[] args)
    {
        (await _runner.RunAsync(args)).ShouldBe(ExitCode.WrongUsage);
        _runner.Error.ShouldContain($"distnet: {why}");
        _runner.Trained.ShouldBeNull();
        Directory.Exists(_folder).ShouldBeFalse();
    }
}
