using DistNet.Cluster.Tests;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>What probes hear of nodes that can be the coordinator's.</summary>
public sealed class ReadyTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly JoinToken _token = JoinToken.Generate();

    [Fact]
    public async Task They_are_ready_when_they_are_members_and_not_while_they_wait_for_a_cluster()
    {
        var (first, second) = (SeatedCluster.NextAddress(), SeatedCluster.NextAddress());
        await using var waiting = await StartAsync(second, [first, second]);

        (await AskAsync(second)).IsGood.ShouldBeFalse();
        await using var forming = await StartAsync(first, [first, second]);

        await Eventually.SomeAsync(async () => (await AskAsync(first)).IsGood && (await AskAsync(second)).IsGood ? "they are" : null, Deadline, "both to be ready");
    }

    public void Dispose() => _folder.Dispose();

    private static Task<NodeHealth> AskAsync(ClusterAddress node) => NodeHealth.ReadyAsync(node, new Tls(TlsOptions.None), CancellationToken.None);

    private Task<TestNode> StartAsync(ClusterAddress listen, IReadOnlyList<ClusterAddress> join) => TestNode.StartAsync(new NodeOptions
    {
        Role = Role.Coordinator,
        Join = join,
        Listen = listen,
        Directory = _folder.In($"node-{listen.Port}"),
        Token = _token,
        Engine = SeatedCluster.NewEngine(),
    });
}
