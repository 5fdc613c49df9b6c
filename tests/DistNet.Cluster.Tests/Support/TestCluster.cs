using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>
/// Nodes in the test's own process, over real sockets, each with a directory of its own. Fails the test when a node could not go on.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private const int LinesShown = 25;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly Func<NodeOptions, NodeOptions> _change;
    private readonly List<TestNode> _nodes = [];
    private int _directories;

    private TestCluster(Func<NodeOptions, NodeOptions> change) => _change = change;

    public JoinToken Token { get; } = JoinToken.Generate();

    public TestNode Coordinator => _nodes[0];

    /// <summary>The first of that role.</summary>
    public TestNode Node(Role role) => _nodes.First(node => node.Options.Role == role);

    public ClusterAddress Address => Coordinator.Node.Address;

    /// <summary>Of the nodes; null: no TLS.</summary>
    public Tls Tls => new(Coordinator.Options.Tls);

    /// <summary>Starts nodes and waits until they have found each other.</summary>
    /// <param name="servers">Servers.</param>
    /// <param name="workers">Workers.</param>
    /// <param name="change">What is different about all nodes.</param>
    public static async Task<TestCluster> StartAsync(int servers, int workers, Func<NodeOptions, NodeOptions>? change = null)
    {
        var cluster = new TestCluster(change ?? (options => options));
        await cluster.AddAsync(Role.Coordinator);
        for (var i = 0; i < servers; i++)
        {
            await cluster.AddAsync(Role.Server, i);
        }

        for (var i = 0; i < workers; i++)
        {
            await cluster.AddAsync(Role.Worker, i);
        }

        await cluster.GatherAsync(servers, workers);
        return cluster;
    }

    /// <summary>Starts one more node; does not wait until it has joined.</summary>
    public async Task<TestNode> AddAsync(Role role, int index = -1, Func<NodeOptions, NodeOptions>? change = null)
    {
        var directory = _folder.In($"node-{_directories++}");
        var data = Path.Combine(directory, "data");
        Directory.CreateDirectory(data);
        var options = _change(new NodeOptions
        {
            Role = role,
            Join = role == Role.Coordinator ? [] : [Address],
            Listen = new ClusterAddress("127.0.0.1", 0),
            Index = index,
            Directory = directory,
            Token = Token,
            DataRoot = data,
            Threads = 1,
        });
        var node = await TestNode.StartAsync(change is null ? options : change(options));
        _nodes.Add(node);
        return node;
    }

    public async Task GatherAsync(int servers, int workers)
    {
        using var client = Connect();
        await ClusterSession.GatherAsync(client, workers, servers, Deadline, default);
    }

    /// <summary>The caller's to dispose.</summary>
    public ClusterClient Connect() => new(Address, Tls, Token);

    public async Task<ClusterStatus> StatusAsync()
    {
        using var client = Connect();
        return await client.StatusAsync(default);
    }

    /// <summary>The first status for which something holds.</summary>
    public async Task<ClusterStatus> StatusAsync(Func<ClusterStatus, bool> holds, string what)
    {
        using var client = Connect();
        return await InTimeAsync(
            Eventually.SomeAsync(async () => await client.StatusAsync(default) is var status && holds(status) ? status : null, 2 * Deadline, what), what);
    }

    /// <summary>Begins a run and follows it.</summary>
    public async Task<FollowedRun> BeginAsync(TrainingOptions options, bool sendsData = false, TimeSpan? giveUpAfter = null)
    {
        var client = Connect();
        return Follow(client, await InTimeAsync(client.BeginAsync(options, sendsData, giveUpAfter, default), "the run to begin"));
    }

    /// <summary>One more follower of a run.</summary>
    public FollowedRun Follow(string run) => Follow(Connect(), run);

    /// <summary>Waits, but not for ever; then the message says how everybody is.</summary>
    public async Task<T> InTimeAsync<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"waited {Deadline.TotalSeconds:F0} s for {what}\n{await DescribeAsync()}");
        }
    }

    /// <summary>A folder that goes with the cluster.</summary>
    public string FolderOf(string name) => _folder.In(name);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.AsEnumerable().Reverse())
        {
            await node.DisposeAsync().AsTask().WaitAsync(Deadline);
        }

        var failures = _nodes.Where(node => node.Node.Failed.IsCompleted).Select(node => $"{node.Options.Role}: {node.Node.Failed.Result}").ToArray();
        _folder.Dispose();
        failures.ShouldBeEmpty();
    }

    private FollowedRun Follow(ClusterClient client, string run) => new(this, client, run);

    private async Task<string> DescribeAsync()
    {
        var status = System.Text.Json.JsonSerializer.Serialize(await StatusAsync());
        var logs = _nodes.Select(node => $"{node.Options.Role} {node.Options.Index}:\n{string.Join('\n', node.Log.TakeLast(LinesShown))}");
        return $"{status}\n{string.Join('\n', logs)}";
    }
}
