using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>Nodes come and go during a run, and its bits do not change.</summary>
public sealed class ElasticTests
{
    private static readonly TrainingOptions Options = new() { Hidden = [32], Epochs = 200, EvalEvery = 100, Lanes = 4, Workers = 1, Servers = 2, Seed = 3 };

    [Fact]
    public async Task A_worker_that_joins_takes_lanes_and_one_that_leaves_gives_them_up()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 2, workers: 0);
        var first = await cluster.AddAsync(Role.Worker, 0);
        var run = await cluster.BeginAsync(Options);
        await run.StepAsync(50);
        (await LanesAsync(cluster)).ShouldBe(["0..3"]);

        await cluster.AddAsync(Role.Worker, 1);
        await cluster.StatusAsync(status => status.Nodes.Any(node => node is { Name: "worker-1", Lanes: "2..3", Step: > 0 }), "worker-1 to compute lanes");
        await first.LeaveAsync();
        await cluster.StatusAsync(status => status.Nodes.Any(node => node is { Name: "worker-1", Lanes: "0..3" }), "worker-1 to have all lanes");

        run.IsOver.ShouldBeFalse("what is tested must happen within the run");
        var result = await run.ResultAsync();
        result.WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(Options)).WeightsSha256);
        result.Ledger.Applied.ShouldBe(result.Ledger.Planned);
        cluster.Coordinator.Log.ShouldContain(line => line.Contains("worker-0", StringComparison.Ordinal) && line.Contains("it left", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_partition_of_a_server_that_leaves_goes_to_the_other_at_once()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2, options => options with { ReplaceAfter = TimeSpan.FromHours(1) });
        var leaving = await cluster.AddAsync(Role.Server, 1);
        await cluster.GatherAsync(servers: 2, workers: 2);
        var run = await cluster.BeginAsync(Options with { CheckpointEvery = 100 });
        await run.StepAsync(250);

        await leaving.LeaveAsync();

        await cluster.StatusAsync(
            status => status.Nodes.Any(node => node is { Name: "server-0", State: "serving", Actors.Count: 2 }), "server-0 to have both partitions");
        run.IsOver.ShouldBeFalse("what is tested must happen within the run");
        var result = await run.ResultAsync();
        result.WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(Options)).WeightsSha256);
        result.Ledger.Applied.ShouldBe(result.Ledger.Planned);
    }

    [Fact]
    public async Task Workers_beyond_the_lanes_are_spares()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 3);
        var options = Options with { Lanes = 2, Servers = 1, Epochs = 40 };
        var run = await cluster.BeginAsync(options);

        await cluster.StatusAsync(status => status.Nodes.Any(node => node is { Name: "worker-2", State: "spare" }), "worker-2 to be a spare");

        (await run.ResultAsync()).WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(options)).WeightsSha256);
    }

    private static async Task<string[]> LanesAsync(TestCluster cluster) =>
        [.. (await cluster.StatusAsync()).Nodes.Where(node => node.Name.StartsWith("worker-", StringComparison.Ordinal)).Select(node => node.Lanes)];
}
