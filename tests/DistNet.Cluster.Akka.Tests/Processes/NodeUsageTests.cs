using System.Net;
using System.Net.Sockets;
using DistNet.Cluster.Tests;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Nodes that cannot be as they are asked for, and those that are not admitted: each says why in one line, and ends.</summary>
public sealed class NodeUsageTests : IDisposable
{
    private const int WrongUsage = 2;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--hocon: there is no file none.conf", "--hocon", "none.conf")]
    [InlineData("--split-brain: 'rubbish' is not one of keep-majority, keep-oldest, down-all, static-quorum:N", "--split-brain", "rubbish")]
    [InlineData("--split-brain: 'static-quorum:0' is not one of", "--split-brain", "static-quorum:0")]
    [InlineData("--failover: 'soon' is not one of standard, fast", "--failover", "soon")]
    public async Task Options_that_make_no_sense_are_refused(string expected, params string[] args) => ShouldBeRefused(await NodeAsync(args), expected);

    [Theory]
    [InlineData("--failover", "fast")]
    [InlineData("--split-brain", "keep-oldest")]
    public async Task Options_of_the_Akka_plane_need_it(string option, string value)
    {
        var outcome = await RunAsync(["node", "--role", "coordinator", "--dir", "node", option, value]);

        ShouldBeRefused(outcome, $"{option}: only the Akka control plane has that; give --control akka too");
    }

    [Fact]
    public async Task Nodes_that_stand_by_need_the_Akka_plane()
    {
        ShouldBeRefused(await RunAsync(["up", "--standbys", "1"]), "--standbys: the built-in control plane has one coordinator; give --control akka too");
    }

    [Theory]
    [InlineData("akka.a = ${b}", "--hocon: cannot read settings.conf: ")]
    [InlineData("cluster.gossip-interval = 1 s", "--hocon: settings.conf has 'cluster', which is no setting of Akka's")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size = 2000b", "--control akka: ", "akka.remote.dot-netty.tcp.maximum-frame-size is 2000; set it to at least ")]
    [InlineData("akka.cluster.split-brain-resolver.active-strategy = rubbish", "--hocon: Akka does not take these settings: ")]
    public async Task Settings_that_Akka_cannot_take_are_refused(string settings, params string[] expected)
    {
        await File.WriteAllTextAsync(_folder.In("settings.conf"), settings);

        ShouldBeRefused(await NodeAsync("--hocon", "settings.conf"), expected);
    }

    [Fact]
    public async Task A_port_after_the_nodes_own_that_another_has_is_refused()
    {
        var address = SeatedCluster.NextAddress();
        using var other = new TcpListener(IPAddress.Loopback, address.Port + 1);
        other.Start();

        ShouldBeRefused(await RunAsync(["node", "--role", "coordinator", "--dir", "node", "--control", "akka", "--listen", $"{address}"]), $"--control akka: cannot start Akka.Remote at 127.0.0.1:{address.Port + 1}: ");
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("coordinator")]
    public async Task A_node_of_the_Akka_plane_does_not_join_a_cluster_of_the_built_in_one(string role)
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);

        var outcome = await RunAsync(["node", "--role", role, "--dir", "node", "--control", "akka", "--listen", $"{SeatedCluster.NextAddress()}", "--join", $"{cluster.Address}"], cluster.Token.Text);

        ShouldBeRefused(outcome, $"the cluster does not admit this node: {cluster.Address} runs another control plane; give the same --control everywhere");
    }

    [Fact]
    public async Task A_node_of_the_built_in_plane_does_not_join_a_cluster_of_the_Akka_one()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0, OnAkka);

        var outcome = await RunAsync(["node", "--role", "worker", "--dir", "node", "--join", $"{cluster.Address}"], cluster.Token.Text);

        ShouldBeRefused(outcome, $"the cluster at {cluster.Address} does not admit this node: ", "give the same --control everywhere");
    }

    [Fact]
    public async Task A_node_with_another_token_is_not_admitted()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0, OnAkka);

        var outcome = await RunAsync(["node", "--role", "worker", "--dir", "node", "--control", "akka", "--join", $"{cluster.Address}"], "a guess");

        ShouldBeRefused(outcome, $"the cluster does not admit this node: {cluster.Address} has another token");
    }

    public void Dispose() => _folder.Dispose();

    private static NodeOptions OnAkka(NodeOptions options) => options with { Engine = SeatedCluster.NewEngine(), Listen = SeatedCluster.NextAddress() };

    /// <summary>In one complaint; a log may be before it.</summary>
    private static void ShouldBeRefused(CommandOutcome outcome, params string[] expected)
    {
        outcome.ExitCode.ShouldBe(WrongUsage, outcome.Error);
        var complaint = outcome.ErrorLines.Where(line => line.StartsWith("distnet: ", StringComparison.Ordinal)).ShouldHaveSingleItem();
        complaint.ShouldStartWith($"distnet: {expected[0]}");
        expected.ShouldAllBe(text => complaint.Contains(text, StringComparison.Ordinal), complaint);
    }

    private Task<CommandOutcome> NodeAsync(params string[] args) =>
        RunAsync(["node", "--role", "coordinator", "--dir", "node", "--control", "akka", "--listen", $"{SeatedCluster.NextAddress()}", .. args]);

    private Task<CommandOutcome> RunAsync(string[] args, string token = "any") => CommandProcess.RunAsync(_folder.Path, args, [KeyValuePair.Create(JoinToken.Variable, token)]);
}
