using DistNet.TestKit;
using Xunit.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>Hosts are cut off the network and come back; each run ends at the bits of one that nothing disturbed.</summary>
public sealed class CutHostTests(HostCluster cluster, ITestOutputHelper output) : IClassFixture<HostCluster>, IAsyncLifetime
{
    [SkippableFact]
    public async Task A_run_goes_on_without_a_worker_that_is_cut_off_and_takes_it_back()
    {
        await BeginAsync();

        cluster.Network.Cut("worker-1");
        var gone = await cluster.Run.LineAsync($"{cluster.TextOf("worker-1")} is gone");
        await cluster.Run.LineAsync("epoch ", gone);

        await EndsUndisturbedAsync(await BackAsync("worker-1", "worker-1"));
    }

    [SkippableFact]
    public async Task A_run_waits_for_a_server_that_is_cut_off()
    {
        await BeginAsync();

        cluster.Network.Cut("server-1");
        await cluster.Run.LineAsync($"{cluster.TextOf("server-1")} is gone");

        await EndsUndisturbedAsync(await BackAsync("server-1", "server-1"));
    }

    [SkippableFact]
    public async Task A_run_outlives_a_coordinator_that_is_cut_off_from_all_others()
    {
        await BeginAsync();

        var lost = NextLines("lost the coordinator", HostCluster.Members);
        cluster.Network.Cut("coordinator");
        await lost;
        await cluster.Run.LineAsync($"{cluster.TextOf("server-1")} is gone");

        await EndsUndisturbedAsync(await BackAsync("coordinator", HostCluster.Members));
    }

    [SkippableFact]
    public async Task A_run_goes_on_past_a_worker_whose_link_is_slow()
    {
        await BeginAsync();

        cluster.Network.SetRate("worker-2", bitsPerSecond: 4_000);
        var named = await cluster.Run.LineAsync(cluster.TextOf("worker-2"));
        var wentOn = await cluster.Run.LineAsync("epoch ", named);
        cluster.Network.SetRate("worker-2", bitsPerSecond: 1_000_000_000);

        await EndsUndisturbedAsync(wentOn);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (cluster.Obstacle is null)
        {
            output.WriteLine(cluster.ToString());
            await cluster.CalmAsync();
        }
    }

    private async Task BeginAsync()
    {
        Skip.If(cluster.Obstacle is not null, cluster.Obstacle);
        await cluster.BeginAsync();
    }

    /// <summary>Heals a host's link and waits until actors run again on the nodes that were lost; the lines of the run up to then.</summary>
    private async Task<int> BackAsync(string host, params string[] lost)
    {
        var back = NextLines("runs here", lost);
        cluster.Network.Heal(host);
        await back;
        return cluster.Run.Count;
    }

    /// <summary>Ends when each of the nodes has said something that it is yet to say.</summary>
    private Task NextLines(string text, string[] nodes) => Task.WhenAll(nodes.Select(cluster.Node).Select(node => node.LineAsync(text, node.Count)));

    /// <summary>The run goes on after so many lines, and its weights are those of as many steps in one process.</summary>
    private async Task EndsUndisturbedAsync(int lines)
    {
        await cluster.Run.LineAsync("epoch ", await cluster.Run.LineAsync("epoch ", lines));
        var result = await cluster.StopAsync();
        var undisturbed = await cluster.UndisturbedAsync(result.GetProperty("steps").GetInt64());

        result.GetProperty("weightsSha256").GetString().ShouldBe(undisturbed.WeightsSha256);
        result.GetProperty("ledger").GetProperty("applied").GetInt64().ShouldBe(undisturbed.Ledger.Applied);
    }
}
