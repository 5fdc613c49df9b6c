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
        var gone = await cluster.Run.LineAsync($"{cluster.TextOf("worker-1")} is gone");
        await cluster.Run.LineAsync("epoch ", gone);

        await EndsUndisturbedAsync(cluster, await BackAsync(cluster, "worker-1", "worker-1"));
    }

    [SkippableFact]
    public async Task A_run_waits_for_a_server_that_is_cut_off()
    {
        using var cluster = await StartAsync();

        cluster.Network.Cut("server-1");
        await cluster.Run.LineAsync($"{cluster.TextOf("server-1")} is gone");

        await EndsUndisturbedAsync(cluster, await BackAsync(cluster, "server-1", "server-1"));
    }

    [SkippableFact]
    public async Task A_run_outlives_a_coordinator_that_is_cut_off_from_all_others()
    {
        using var cluster = await StartAsync();

        cluster.Network.Cut("coordinator");
        await Task.WhenAll(HostCluster.Members.Select(name => cluster.Node(name).LineAsync("lost the coordinator")));
        await cluster.Run.LineAsync($"{cluster.TextOf("server-1")} is gone");

        await EndsUndisturbedAsync(cluster, await BackAsync(cluster, "coordinator", HostCluster.Members));
    }

    [SkippableFact]
    public async Task A_run_goes_on_past_a_worker_whose_link_is_slow()
    {
        using var cluster = await StartAsync();

        cluster.Network.SetRate("worker-2", bitsPerSecond: 4_000);
        var named = await cluster.Run.LineAsync(cluster.TextOf("worker-2"));
        var wentOn = await cluster.Run.LineAsync("epoch ", named);
        cluster.Network.SetRate("worker-2", bitsPerSecond: 1_000_000_000);

        await EndsUndisturbedAsync(cluster, wentOn);
    }

    private async Task<HostCluster> StartAsync()
    {
        Skip.If(Obstacle.Value is not null, Obstacle.Value);
        return await HostCluster.StartAsync(output);
    }

    /// <summary>Heals a host's link and waits until actors run again on the nodes that were lost; the lines of the run up to then.</summary>
    private static async Task<int> BackAsync(HostCluster cluster, string host, params string[] lost)
    {
        var nodes = lost.Select(cluster.Node).Select(node => (Node: node, node.Count)).ToArray();
        cluster.Network.Heal(host);
        await Task.WhenAll(nodes.Select(known => known.Node.LineAsync("runs here", known.Count)));
        return cluster.Run.Count;
    }

    /// <summary>The run goes on after so many lines, and its weights are those of as many steps in one process.</summary>
    private static async Task EndsUndisturbedAsync(HostCluster cluster, int lines)
    {
        await cluster.Run.LineAsync("epoch ", await cluster.Run.LineAsync("epoch ", lines));
        var result = await cluster.StopAsync();
        var undisturbed = await cluster.UndisturbedAsync(result.GetProperty("steps").GetInt64());

        result.GetProperty("weightsSha256").GetString().ShouldBe(undisturbed.GetProperty("weightsSha256").GetString());
        Applied(result).ShouldBe(Applied(undisturbed));
    }
    private static long Applied(JsonElement result) => result.GetProperty("ledger").GetProperty("applied").GetInt64();
}
