namespace DistNet.Cli.Tests;

public sealed class FaultOptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_mistake_of_a_plan_is_reported_and_exits_2()
    {
        var path = Path.Combine(_folder, "faults.json");
        File.WriteAllText(path, """{ "faults": [ { "kind": "kill", "node": "worker-1", "at": "soon" }, { "kind": "pauze" } ] }""");
        var runner = new CommandRunner();

        (await runner.RunAsync("up", "--workers", "2", "--faults", path)).ShouldBe(2);

        runner.ErrorLines.ShouldBe(
        [
            $"distnet: {path}: faults[0].at: 'soon' is no time, such as 200ms, 1.5s or 2m",
            $"distnet: {path}: faults[1].kind: 'pauze' is not one of kill, pause, slow, drop, delay, duplicate, partition, corrupt, tear; did you mean pause?",
        ]);
    }

    [Fact]
    public async Task A_plan_for_another_cluster_is_refused()
    {
        var path = Path.Combine(_folder, "faults.json");
        File.WriteAllText(path, """{ "faults": [ { "kind": "kill", "node": "worker-2", "at": "1s" } ] }""");
        var runner = new CommandRunner();

        (await runner.RunAsync("up", "--workers", "2", "--faults", path)).ShouldBe(2);

        runner.ErrorLines.ShouldBe([$"distnet: {path}: faults[0].node: there is no worker-2 among the 4 nodes of this cluster"]);
    }

    [Fact]
    public async Task Help_shows_what_a_plan_looks_like()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("up", "--help")).ShouldBe(0);

        runner.Out.ShouldContain("distnet up --workers 4 --servers 2 --faults faults.json");
        runner.Out.ShouldContain("\"kind\": \"kill\"");
    }
}
