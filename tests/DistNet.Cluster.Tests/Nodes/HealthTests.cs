using System.Net;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>What is asked by those who look after processes. They have no token.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_node_lives_as_soon_as_it_listens_and_is_ready_when_it_has_joined()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 0);
        var nowhere = new ClusterAddress("127.0.0.1", FreePort.Find());
        var lonely = await cluster.AddAsync(Role.Worker, change: options => options with { Join = [nowhere] });

        foreach (var node in new[] { cluster.Coordinator, cluster.Node(Role.Server) })
        {
            (await AskAsync(node, ApiPaths.Alive)).ShouldBe((HttpStatusCode.OK, "alive\n"));
            (await AskAsync(node, ApiPaths.Ready)).ShouldBe((HttpStatusCode.OK, "ready\n"));
            (await AskAsync(node, ApiPaths.Health)).ShouldBe((HttpStatusCode.OK, """{"alive":true,"ready":true}"""));
        }

        (await AskAsync(lonely, ApiPaths.Alive)).ShouldBe((HttpStatusCode.OK, "alive\n"));
        (await AskAsync(lonely, ApiPaths.Ready)).Code.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await AskAsync(lonely, ApiPaths.Health)).ShouldBe((HttpStatusCode.OK, """{"alive":true,"ready":false}"""));
    }

    [Fact]
    public async Task A_node_that_loses_its_coordinator_lives_and_is_not_ready()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 1);
        var worker = cluster.Node(Role.Worker);

        await cluster.Coordinator.DisposeAsync();

        await Eventually.SomeAsync(
            async () => (await AskAsync(worker, ApiPaths.Ready)).Code == HttpStatusCode.ServiceUnavailable ? "so it is" : null, TimeSpan.FromSeconds(30), "the worker to notice");
        (await AskAsync(worker, ApiPaths.Alive)).Code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_worker_answers_while_it_computes()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1);
        var run = await cluster.BeginAsync(new TrainingOptions { Epochs = 1_000_000, Servers = 1, Workers = 1 });
        await run.StepAsync(10);

        (await AskAsync(cluster.Node(Role.Worker), ApiPaths.Alive)).Code.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(cluster.Node(Role.Worker), ApiPaths.Ready)).Code.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(HttpStatusCode Code, string Text)> AskAsync(TestNode node, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{node.Node.Address}") };
        using var response = await http.GetAsync(path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
