using System.Text.Json;

namespace DistNet.Cli.Tests;

public sealed class ChaosCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [Fact]
    public async Task A_summary_says_what_was_run()
    {
        var runner = new CommandRunner();
        (await runner.RunAsync("simulate", "--chaos", "11", "--seed", "5", "--format", "json")).ShouldBe(0);
        var report = JsonDocument.Parse(runner.Out).RootElement;
        report.GetProperty("schedules").GetInt32().ShouldBe(11);
        report.GetProperty("rules").EnumerateObject().Count().ShouldBe(11);
        report.GetProperty("failure").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_faults_of_one_schedule_are_written_and_can_be_simulated()
    {
        var file = Path.Combine(_folder, "faults.json");
        for (var seed = 1; !File.Exists(file); seed++)
        {
            (await new CommandRunner().RunAsync("simulate", "--chaos", "1", "--seed", $"{seed}", "--mode", "ssp", "--save-faults", file)).ShouldBe(0);
        }

        (await new CommandRunner().RunAsync(
            "simulate", "--workers", "10", "--servers", "3", "--lanes", "10", "--compute", "quadratic", "--steps", "20", "--faults", file, "--out", Path.Combine(_folder, "run"))).ShouldBe(0);
    }

    [Fact]
    public async Task All_mistakes_are_one_line_each_and_exit_2()
    {
        var runner = new CommandRunner();
        (await runner.RunAsync("simulate", "--chaos", "0", "--mode", "ssp:3", "--seed", "x", "--lanes", "4", "--service", "1ms")).ShouldBe(2);
        runner.ErrorLines.Length.ShouldBe(5);
        runner.Error.ShouldContain("--mode: 'ssp:3' is none of bsp, asp");
        runner.Error.ShouldContain("--lanes: chaos draws its clusters itself; leave it out");
        runner.Error.ShouldContain("--service: chaos draws its clusters itself; leave it out");
        (await runner.RunAsync("simulate", "--save-faults", "x.json")).ShouldBe(2);
        runner.Error.ShouldContain("--save-faults: saves the faults of --chaos N");
    }

    [Fact]
    public async Task A_file_of_faults_is_checked_against_the_cluster()
    {
        var file = Path.Combine(_folder, "faults.json");
        await File.WriteAllTextAsync(file, """{ "faults": [{ "kind": "kill", "node": "worker-9", "at": "1s" }] }""");
        var runner = new CommandRunner();
        (await runner.RunAsync("simulate", "--workers", "2", "--compute", "none", "--faults", file)).ShouldBe(2);
        runner.Error.ShouldContain("faults[0].node: there is no worker-9 among the 4 nodes of this cluster");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
