using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>Every node has the data itself, or none but the coordinator's has them.</summary>
public sealed class DataTests
{
    private const string File = "table.csv";

    private static readonly TrainingOptions Options = new()
    {
        Data = $"csv:{File}",
        Hidden = [8],
        Batch = 10,
        Epochs = 5,
        Lanes = 2,
        Workers = 2,
        Servers = 1,
        TestFraction = 0.25,
    };

    [Fact]
    public async Task A_node_with_other_data_is_unfit_with_the_reason_and_the_others_do_its_work()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 0);
        Write(cluster.Coordinator, seed: 1);
        Write(await cluster.AddAsync(Role.Worker, 0), seed: 1);
        Write(await cluster.AddAsync(Role.Worker, 1), seed: 2);
        await cluster.AddAsync(Role.Worker, 2);
        await cluster.GatherAsync(servers: 1, workers: 3);
        var endless = await cluster.BeginAsync(Options with { Epochs = 1_000_000 });

        var status = await cluster.StatusAsync(status => status.Nodes.Count(node => node.State == "unfit") == 2, "two nodes to be unfit");
        using var client = cluster.Connect();
        await endless.StepAsync(1);
        await client.StopAsync(checkpoint: false, default);
        await Should.ThrowAsync<TrainingFailedException>(endless.ResultAsync);

        Reason(status, "worker-1").ShouldContain("its data differ");
        Reason(status, "worker-2").ShouldContain(File);
        endless.Told.Lines.ShouldContain(line => line.Contains("worker-1", StringComparison.Ordinal) && line.Contains("cannot take part", StringComparison.Ordinal));
        (await (await cluster.BeginAsync(Options)).ResultAsync()).WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(Here(cluster))).WeightsSha256);
    }

    [Fact]
    public async Task Nodes_without_files_are_sent_the_data()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2);
        Write(cluster.Coordinator, seed: 3);

        var result = await (await cluster.BeginAsync(Options, sendsData: true)).ResultAsync();

        result.WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(Here(cluster))).WeightsSha256);
    }

    private static TrainingOptions Here(TestCluster cluster) => Options with { Data = $"csv:{Path.Combine(cluster.Coordinator.Options.DataRoot, File)}" };

    private static string Reason(ClusterStatus status, string node) => status.Nodes.Single(row => row.Name == node).Reason.ShouldNotBeNull();

    private static void Write(TestNode node, int seed)
    {
        var luck = new Random(seed);
        var lines = Enumerable.Range(0, 60).Select(row => FormattableString.Invariant($"{luck.NextSingle()},{luck.NextSingle()},{luck.NextSingle()},{(row % 3 == 0 ? "a" : "b")}"));
        System.IO.File.WriteAllLines(Path.Combine(node.Options.DataRoot, File), lines);
    }
}
