using DistNet.Cluster.Tests;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Two nodes that can be the coordinator's, of which the first is, a server and two workers, in the test's own process.</summary>
public sealed class SeatedCluster : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly List<TestNode> _nodes = [];

    internal JoinToken Token { get; } = JoinToken.Generate();

    /// <summary>Address of the node that is the coordinator's.</summary>
    internal ClusterAddress Seat { get; } = NextAddress();

    /// <summary>Address of the node that stands by.</summary>
    internal ClusterAddress Standby { get; } = NextAddress();

    /// <summary>A control plane that soon takes the silent for dead.</summary>
    internal static IControlEngine NewEngine() => AkkaEngine.Create(new ControlOptions { Plane = ControlOptions.Akka, Failover = ControlOptions.Fast });

    /// <summary>An address whose port, and the next one, are free.</summary>
    internal static ClusterAddress NextAddress() => new("127.0.0.1", FreePort.FindPair());

    public async Task InitializeAsync()
    {
        await AddAsync(Role.Coordinator, Seat);
        await AddAsync(Role.Coordinator, Standby);
        await AddAsync(Role.Server, new("127.0.0.1", 0));
        await AddAsync(Role.Worker, new("127.0.0.1", 0));
        await AddAsync(Role.Worker, new("127.0.0.1", 0));
        using var client = new ClusterClient(new AkkaContact([Seat], TlsOptions.None, Token), new Tls(TlsOptions.None), Token);
        await ClusterSession.GatherAsync(client, workers: 2, servers: 1, Deadline, default);
        await Eventually.TrueAsync(() => _nodes.All(node => node.Log.Any(line => line.Contains("is a member of the cluster", StringComparison.Ordinal))), Deadline, "all to be members");
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes.AsEnumerable().Reverse())
        {
            await node.DisposeAsync().AsTask().WaitAsync(Deadline);
        }

        _folder.Dispose();
    }

    private async Task AddAsync(Role role, ClusterAddress listen) => _nodes.Add(await TestNode.StartAsync(new NodeOptions
    {
        Role = role,
        Join = [Seat, Standby],
        Listen = listen,
        Directory = _folder.In($"node-{_nodes.Count}"),
        Token = Token,
        Threads = 1,
        Engine = NewEngine(),
    }));
}
