using System.Text.Json;
using DistNet.TestKit;
using Xunit.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>Hosts are cut off the network and come back; the run ends at the bits of one that nothing disturbed.</summary>
public sealed class CutHostTests(ITestOutputHelper output)
{
    private static readonly Lazy<string?> Obstacle = new(HostNetwork.Obstacle);

    [SkippableFact]
    public async Task A_run_goes_on_without_a_worker_that_is_cut_off_and_takes_it_back()
    {
        using var cluster = await StartAsync();

        cluster.Network.Cut("worker-1");
        var gone = await cluster.Run.LineAsync("worker-1 (");
        await cluster.Run.LineAsync("epoch ", gone);
        await BackAsync(cluster, () => cluster.Network.Heal("worker-1"), "worker-1");

        await EndsUndisturbedAsync(cluster, gone);
    }

    [SkippableFact]
    public async Task A_run_goes_on_without_a_worker_whose_link_is_too_slow_for_signs_of_life()
    {
        using var cluster = await StartAsync();

        cluster.Network.SetRate("worker-2", bitsPerSecond: 4_000);
        var gone = await cluster.Run.LineAsync("worker-2 (");
        await BackAsync(cluster, () => cluster.Network.SetRate("worker-2", bitsPerSecond: 1_000_000_000), "worker-2");

        await EndsUndisturbedAsync(cluster, gone);
    }

    [SkippableFact]
    public async Task A_run_waits_for_a_server_that_is_cut_off()
    {
        using var cluster = await StartAsync();

        cluster.Network.Cut("server-1");
        var gone = await cluster.Run.LineAsync("server-1 (");
        await BackAsync(cluster, () => cluster.Network.Heal("server-1"), "server-1");

        await EndsUndisturbedAsync(cluster, gone);
    }

    [SkippableFact]
    public async Task A_run_outlives_a_coordinator_that_is_cut_off_from_all_others()
    {
        using var cluster = await StartAsync();

        cluster.Network.Cut("coordinator");
        await Task.WhenAll(HostCluster.Members.Select(name => cluster.Node(name).LineAsync("lost the coordinator")));
        var gone = await cluster.Run.LineAsync("server-1 (");
        await BackAsync(cluster, () => cluster.Network.Heal("coordinator"), HostCluster.Members);

        await EndsUndisturbedAsync(cluster, gone);
    }

    private async Task<HostCluster> StartAsync()
    {
        Skip.If(Obstacle.Value is not null, Obstacle.Value);
        return await HostCluster.StartAsync(output);
    }

    /// <summary>Heals and waits until actors run again on the nodes that were lost.</summary>
    private static async Task BackAsync(HostCluster cluster, Action heal, params string[] lost)
    {
        var nodes = lost.Select(cluster.Node).Select(node => (Node: node, node.Count)).ToArray();
        heal();
        await Task.WhenAll(nodes.Select(known => known.Node.LineAsync("runs here", known.Count)));
    }

    /// <summary>The run goes on, and its weights are those of as many steps in one process.</summary>
    private static async Task EndsUndisturbedAsync(HostCluster cluster, int gone)
    {
        var here = await cluster.Run.LineAsync("is here", gone);
        await cluster.Run.LineAsync("epoch ", await cluster.Run.LineAsync("epoch ", here));
        var result = await cluster.StopAsync();
        var undisturbed = await cluster.UndisturbedAsync(result.GetProperty("steps").GetInt64());

        result.GetProperty("weightsSha256").GetString().ShouldBe(undisturbed.GetProperty("weightsSha256").GetString());
        Applied(result).ShouldBe(Applied(undisturbed));
    }
    private static long Applied(JsonElement result) => result.GetProperty("ledger").GetProperty("applied").GetInt64();
}
