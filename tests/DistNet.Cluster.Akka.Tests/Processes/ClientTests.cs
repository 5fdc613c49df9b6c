using System.Text.Json;
using DistNet.Cluster.Tests;
using DistNet.Hosting;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>The verbs that talk to a cluster, as processes, which are no members of it.</summary>
public sealed class ClientTests(SeatedCluster cluster) : IClassFixture<SeatedCluster>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_node_is_asked_the_status_is_the_coordinators(bool asksStandby)
    {
        var outcome = await RunAsync("status", asksStandby ? cluster.Standby : cluster.Seat, "--format", "json");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var status = JsonDocument.Parse(outcome.Out).RootElement;
        status.GetProperty("coordinator").GetString().ShouldBe(cluster.Seat.ToString());
        status.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()).ShouldBe(["coordinator", "server-0", "worker-0", "worker-1"]);
    }

    [Fact]
    public async Task A_run_that_is_begun_through_a_node_that_stands_by_ends_at_the_bits_of_one_process()
    {
        var outcome = await RunAsync("train", cluster.Standby, "--hidden", "16", "--lanes", "2", "--epochs", "3", "--out", "run", "--quiet", "--format", "json");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var expected = await Undisturbed.ResultAsync(new TrainingOptions { Hidden = [16], Lanes = 2, Epochs = 3 });
        JsonDocument.Parse(outcome.Out).RootElement.GetProperty("weightsSha256").GetString().ShouldBe(expected.WeightsSha256);
        File.Exists(RunFolder.Open(_folder.In("run")).ManifestPath).ShouldBeTrue();
    }

    [Fact]
    public async Task Nodes_of_which_some_are_not_there_are_enough()
    {
        var outcome = await RunAsync("status", $"127.0.0.1:{FreePort.Find()},{cluster.Standby}");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Out.ShouldContain("no run in progress");
    }

    /// <summary>As while a coordinator moves: whoever follows a run goes on asking.</summary>
    [Fact]
    public async Task A_cluster_without_coordinator_is_unreachable_for_the_time_being()
    {
        await using var door = await FakeDoor.OpenAsync(members: 1);
        using var client = new ClusterClient(new AkkaContact([door.Address], TlsOptions.None, cluster.Token), new Tls(TlsOptions.None), cluster.Token);

        var unreachable = await Should.ThrowAsync<ClusterUnreachableException>(() => client.LogAsync("worker-0", CancellationToken.None));

        unreachable.Message.ShouldContain("has no coordinator that answers within 10 s");
    }

    [Fact]
    public async Task A_wrong_token_is_one_clear_line_and_exit_4()
    {
        var outcome = await RunAsync("status", cluster.Seat.ToString(), "a guess");

        ShouldBeOneLine(outcome, 4, $"distnet: {cluster.Seat} has another token");
    }

    [Fact]
    public async Task Nobody_there_is_one_clear_line_and_exit_4()
    {
        var nowhere = $"127.0.0.1:{FreePort.Find()}";

        var outcome = await RunAsync("train", nowhere);

        ShouldBeOneLine(outcome, 4, $"distnet: no cluster answers at {nowhere}");
    }

    [Fact]
    public async Task A_client_that_looks_for_an_Akka_cluster_where_another_is_is_told_so()
    {
        await using var other = await TestCluster.StartAsync(servers: 0, workers: 0);

        var outcome = await RunAsync("status", other.Address.ToString(), other.Token.Text);

        ShouldBeOneLine(outcome, 4, $"distnet: {other.Address} runs another control plane; give the same --control everywhere");
    }

    [Fact]
    public async Task A_client_of_the_built_in_plane_is_answered_by_the_coordinators_node_and_told_by_others_where_that_is()
    {
        var answered = await RunAsync("status", cluster.Seat.ToString(), cluster.Token.Text, ControlOptions.BuiltIn);
        var sent = await RunAsync("status", cluster.Standby.ToString(), cluster.Token.Text, ControlOptions.BuiltIn);

        answered.ExitCode.ShouldBe(0, answered.Error);
        ShouldBeOneLine(sent, 4, $"distnet: {cluster.Standby}: this node stands by for the coordinator, which is at {cluster.Seat}");
    }

    public void Dispose() => _folder.Dispose();

    private static void ShouldBeOneLine(CommandOutcome outcome, int code, string begin)
    {
        outcome.ExitCode.ShouldBe(code, outcome.Error);
        outcome.Out.ShouldBeEmpty();
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldStartWith(begin);
    }

    private Task<CommandOutcome> RunAsync(string verb, ClusterAddress node, params string[] args) => RunAsync(verb, node.ToString(), args: args);

    private Task<CommandOutcome> RunAsync(string verb, string nodes, string? token = null, string control = ControlOptions.Akka, params string[] args) => CommandProcess.RunAsync(
        _folder.Path, [verb, "--cluster", nodes, "--control", control, .. args], [KeyValuePair.Create(JoinToken.Variable, token ?? cluster.Token.Text)]);
}
