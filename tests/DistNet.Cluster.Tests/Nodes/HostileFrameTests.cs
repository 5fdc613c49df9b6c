using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

/// <summary>Bad frames end the connection they come on, with one line in the log; a run that goes on meanwhile does not notice.</summary>
public sealed class HostileFrameTests
{
    private static readonly TrainingOptions Options = new() { Hidden = [32], Epochs = 60, Lanes = 4, Workers = 2, Servers = 1, Seed = 3 };

    private static readonly Dictionary<string, byte[]> Bad = new()
    {
        ["garbage"] = [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))],
        ["another magic"] = [.. "DNF1"u8, .. new byte[60]],
        ["a long header"] = Frame.Announcing(uint.MaxValue, 0),
        ["a long payload"] = Frame.Announcing(20, uint.MaxValue),
        ["a wrong sum"] = Flipped(Frame.Of(new Horizon(1, 2)), ^1),
        ["half a frame"] = Frame.Of(new Horizon(1, 2))[..^3],
        ["half a prologue"] = Frame.Of(new Horizon(1, 2))[..7],
    };

    public static TheoryData<string> Kinds { get; } = [.. Bad.Keys];

    [Fact]
    public async Task Whatever_comes_a_run_is_not_disturbed()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2);
        var server = cluster.Node(Role.Server);
        var run = await cluster.BeginAsync(Options with { Epochs = 100 });
        await run.StepAsync(20);

        foreach (var bytes in Bad.Values)
        {
            foreach (var node in new[] { cluster.Coordinator, server })
            {
                await OfferAsync(node, bytes, null);
                await OfferAsync(node, bytes, Hellos.Of(cluster, ConnectionKind.Data, life: 7));
            }

            await OfferAsync(cluster.Coordinator, bytes, Hellos.Of(cluster, ConnectionKind.Control));
        }

        run.IsOver.ShouldBeFalse("what is tested must happen within the run");
        var result = await run.ResultAsync();
        result.WeightsSha256.ShouldBe((await Undisturbed.ResultAsync(Options with { Epochs = 100 })).WeightsSha256);
        (result.Ledger.Redispatched, result.Ledger.RolledBack).ShouldBe((0, 0));
        run.Told.Lines.ShouldNotContain(line => line.Contains("is gone", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_control_connection_ends_with_one_line(string kind)
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);

        await OfferAsync(cluster.Coordinator, Bad[kind], Hellos.Of(cluster, ConnectionKind.Control));

        await ShouldHaveOneLineAsync(cluster.Coordinator, "worker-9");
        (await cluster.StatusAsync()).Nodes.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_data_connection_ends_with_one_line(string kind)
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 0);
        await cluster.InTimeAsync(cluster.Node(Role.Server).Node.Named, "the server to hear others");

        await OfferAsync(cluster.Node(Role.Server), Bad[kind], Hellos.Of(cluster, ConnectionKind.Data, life: 7));

        await ShouldHaveOneLineAsync(cluster.Node(Role.Server), "worker-9");
        (await cluster.StatusAsync()).Nodes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_tensor_has_no_place_on_a_control_connection()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);
        using var pool = new TensorPool();
        var push = new Push(0, 0, Numerics.TreeNode.Leaf(0), 0, 0, 0, 1, 0, pool.Rent(100).All);

        await OfferAsync(cluster.Coordinator, Frame.Of(push, ActorId.Worker(9), ActorId.Coordinator), Hellos.Of(cluster, ConnectionKind.Control));

        await ShouldHaveOneLineAsync(cluster.Coordinator, "payload");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""{"Run":"../../x","Number":1,"Config":"{}","Data":null,"SendsData":false,"GiveUpAfter":null}""")]
    public async Task So_does_one_that_enlists_with_an_order_that_is_none(string order)
    {
        await using var cluster = await TestCluster.StartAsync(servers: 0, workers: 0);

        await OfferAsync(cluster.Coordinator, Frame.Of(Hellos.Enlisting(order)), Hellos.Of(cluster, ConnectionKind.Control));

        await ShouldHaveOneLineAsync(cluster.Coordinator, "worker-9");
        var status = await cluster.StatusAsync();
        status.Nodes.ShouldHaveSingleItem();
        status.Run.ShouldBeNull();
    }

    /// <summary>As somebody does who has listened, and says again what another said.</summary>
    [Fact]
    public async Task Whoever_says_to_be_a_life_that_is_connected_already_is_shown_out()
    {
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2);
        var run = await cluster.BeginAsync(Options with { Epochs = 1000 });
        await run.StepAsync(20);
        var worker = (await PeersAsync(cluster)).Single(peer => peer.Node == ActorId.Worker(0));
        var hello = Hellos.Of(cluster, ConnectionKind.Data, index: 0, life: worker.NodeLife);

        using var second = await Stranger.IntroducedAsync(cluster.Node(Role.Server).Node.Address, hello);
        await second.ShownOutAsync();

        run.IsOver.ShouldBeFalse("what is tested must happen within the run");
        await run.StepAsync(run.Told.LastStep + 20);
        run.Told.Lines.ShouldNotContain(line => line.Contains("worker-0", StringComparison.Ordinal));
    }

    /// <summary>What every node of the cluster is told while a run goes on.</summary>
    private static async Task<IReadOnlyList<Peer>> PeersAsync(TestCluster cluster)
    {
        using var listener = await Stranger.IntroducedAsync(cluster.Address, Hellos.Of(cluster, ConnectionKind.Control));
        (await listener.HearAsync()).ShouldBeOfType<Envelope<Welcome>>("nothing is heard that is said before the welcome");
        await listener.SayAsync(Hellos.Enlisting(""));
        while (await listener.HearAsync() is { } heard)
        {
            if (heard is Envelope<Peers> peers)
            {
                return peers.Message.All;
            }
        }

        throw new InvalidOperationException("The listener was shown out before it was told of any peer.");
    }

    private static byte[] Flipped(byte[] bytes, Index at)
    {
        bytes[at] ^= 4;
        return bytes;
    }

    /// <summary>Introduces himself, where he does, waits for the welcome, says the bytes and ends; then he is shown out.</summary>
    private static async Task OfferAsync(TestNode node, byte[] bytes, Hello? hello)
    {
        using var stranger = hello is { } it ? await Stranger.IntroducedAsync(node.Node.Address, it) : await Stranger.ConnectAsync(node.Node.Address);
        if (hello is not null)
        {
            (await stranger.HearAsync()).ShouldBeOfType<Envelope<Welcome>>();
        }

        await stranger.SayAsync(bytes);
        stranger.Fall();
        await stranger.ShownOutAsync();
    }

    private static async Task ShouldHaveOneLineAsync(TestNode node, string about)
    {
        await Eventually.TrueAsync(() => node.Warnings.Count > 0, TimeSpan.FromSeconds(30), "a line in the log");
        node.Warnings.ShouldHaveSingleItem().ShouldContain(about);
    }
}
