using System.Net;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

/// <summary>Who is not let in is told why, the log has one line on it, and the node goes on.</summary>
public sealed class AdmissionTests
{
    public static TheoryData<string, Func<Hello, Hello>> Wrong { get; } = new()
    {
        { "its token is wrong", hello => hello with { Token = "guess" } },
        { "version 99 of the protocol", hello => hello with { Protocol = 99 } },
        { "its arithmetic differs", hello => hello with { Card = hello.Card with { Probe = "other" } } },
        { "a coordinator does not join", hello => hello with { Role = Role.Coordinator } },
        { "its token is wrong", hello => hello with { Token = "guess", Kind = ConnectionKind.Data } },
        { "version 99 of the protocol", hello => hello with { Protocol = 99, Kind = ConnectionKind.Data } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_hello_is_refused_with_the_reason(string reason, Func<Hello, Hello> change)
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);
        using var stranger = await Stranger.IntroducedAsync(cluster.Address, change(Hellos.Of(cluster, ConnectionKind.Control)));

        var answer = (await stranger.HearAsync()).ShouldBeOfType<Envelope<Refused>>();

        answer.Message.Reason.ShouldContain(reason);
        await stranger.ShownOutAsync();
        cluster.Coordinator.Warnings.ShouldHaveSingleItem().ShouldContain(reason);
        await cluster.AddAsync(Role.Worker);
        await cluster.GatherAsync(servers: 0, workers: 1);
    }

    [Fact]
    public async Task A_node_that_is_refused_ends_and_says_why()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);
        using var folder = new TemporaryFolder();
        await using var node = await TestNode.StartAsync(new NodeOptions
        {
            Role = Role.Worker,
            Join = [cluster.Address],
            Listen = new ClusterAddress("127.0.0.1", 0),
            Directory = folder.In("node"),
            Token = new JoinToken("guess"),
        });

        var failure = await cluster.InTimeAsync(node.Node.Failed, "the node to give up");

        failure.ShouldBeOfType<NodeRefusedException>().Message.ShouldContain("its token is wrong");
    }

    [Fact]
    public async Task Arithmetic_may_differ_where_that_was_asked_for_and_results_say_so()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1, options => options with { AllowsMixedArithmetic = true });
        var run = await cluster.BeginAsync(new TrainingOptions { Hidden = [4], Epochs = 1, Workers = 1, Servers = 1 });
        (await run.ResultAsync()).ToJson().ShouldContain("\"mixedArithmetic\":true");
        var hello = Hellos.Of(cluster, ConnectionKind.Control);
        using var stranger = await Stranger.IntroducedAsync(cluster.Address, hello with { Card = hello.Card with { Probe = "other" } });

        (await stranger.HearAsync()).ShouldBeOfType<Envelope<Welcome>>();
    }

    [Fact]
    public async Task Only_the_coordinators_node_has_a_control_plane_and_one_that_is_no_part_of_a_cluster_takes_no_tensors()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);
        var nowhere = new ClusterAddress("127.0.0.1", FreePort.Find());
        var lonely = await cluster.AddAsync(Role.Server, change: options => options with { Join = [nowhere] });

        using var joining = await Stranger.IntroducedAsync(lonely.Node.Address, Hellos.Of(cluster, ConnectionKind.Control));
        (await joining.HearAsync()).ShouldBeOfType<Envelope<Refused>>().Message.Reason.ShouldContain("not the coordinator's");
        using var sending = await Stranger.IntroducedAsync(lonely.Node.Address, Hellos.Of(cluster, ConnectionKind.Data));
        (await sending.HearAsync()).ShouldBeOfType<Envelope<Refused>>().Message.Reason.ShouldContain("no part of a cluster yet");
    }

    [Theory]
    [InlineData("")]
    [InlineData("DN")]
    [InlineData("DNF2")]
    [InlineData("DNF2\u0010\0\0\0\0\0\0\0")]
    public async Task Whoever_says_nothing_or_stops_in_the_middle_of_his_hello_is_shown_out(string beginning)
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0, options => options with { GreetingLimit = TimeSpan.FromMilliseconds(100) });
        using var silent = await Stranger.ConnectAsync(cluster.Address);
        await silent.SayAsync(System.Text.Encoding.ASCII.GetBytes(beginning));

        await silent.ShownOutAsync();

        await Eventually.TrueAsync(() => cluster.Coordinator.Warnings.Count > 0, TimeSpan.FromSeconds(30), "a line in the log");
        cluster.Coordinator.Warnings.ShouldHaveSingleItem().ShouldContain("connection from 127.0.0.1");
        (await cluster.StatusAsync()).Nodes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_client_with_another_token_gets_nothing_but_health()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 1);
        using var client = new ClusterClient(cluster.Address, cluster.Tls, new JoinToken("guess"));

        (await Should.ThrowAsync<ClusterUnreachableException>(() => client.StatusAsync(default))).Message.ShouldContain("token");
        await Should.ThrowAsync<ClusterUnreachableException>(() => client.BeginAsync(new TrainingOptions(), false, null, default));
        await Should.ThrowAsync<ClusterUnreachableException>(() => client.StopAsync(true, default));
        await Should.ThrowAsync<ClusterUnreachableException>(() => client.LogAsync("coordinator", default));

        using var http = new HttpClient { BaseAddress = new Uri($"http://{cluster.Address}") };
        foreach (var path in new[] { ApiPaths.Files, $"{ApiPaths.File}?path=config.json", ApiPaths.Data, ApiPaths.Log, ApiPaths.Feed, "/nothing" })
        {
            (await http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("none.json")]
    public async Task Files_are_those_of_the_run_only(string path)
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 1);
        await (await cluster.BeginAsync(new TrainingOptions { Data = "iris", Hidden = [4], Epochs = 1, Batch = 40 })).ResultAsync();
        await File.WriteAllTextAsync(Path.Combine(cluster.Coordinator.Options.Directory, "secret"), "secret");
        using var http = new NodeClients(cluster.Tls, cluster.Token).For(cluster.Address);

        (await http.GetAsync($"{ApiPaths.File}?path={Uri.EscapeDataString(path)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.GetAsync($"{ApiPaths.File}?path=config.json")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
