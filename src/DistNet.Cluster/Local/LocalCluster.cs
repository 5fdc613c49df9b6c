using System.Diagnostics;
using System.Globalization;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// A coordinator, servers and workers as processes of this machine: started, watched, started again when they die, and ended with this
/// object, or with this process however that ends. A coordinator or server that lives and is silent is killed before another takes its place.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    /// <summary>The option of <c>distnet node</c>.</summary>
    public const string NoSharedMemory = "--no-shared-memory";

    /// <summary>The option of <c>distnet node</c>.</summary>
    public const string Faults = "--faults";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(5);

    private readonly List<NodeProcess> _nodes = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Action<string> _notice;
    private readonly LocalClusterHooks _hooks;
    private Task _watching = Task.CompletedTask;

    private LocalCluster(Action<string> notice, LocalClusterHooks hooks)
    {
        _notice = notice;
        _hooks = hooks;
    }

    /// <summary>Where its coordinator listens, and those that stand by for it.</summary>
    public IReadOnlyList<ClusterAddress> Coordinators { get; private set; } = [];

    public JoinToken Token { get; } = JoinToken.Generate();

    internal IReadOnlyList<NodeProcess> Nodes => _nodes;

    /// <summary>Ends, with the reason, when a node cannot be kept alive.</summary>
    public Task<string> GaveUp { get; private set; } = null!;

    /// <summary>The nodes of a cluster of that size.</summary>
    public static IReadOnlyList<ActorId> NodesOf(int workers, int servers) =>
        [ActorId.Coordinator, .. Enumerable.Range(0, servers).Select(ActorId.Server), .. Enumerable.Range(0, workers).Select(ActorId.Worker)];

    /// <summary>Starts all processes and waits until they have found each other.</summary>
    /// <exception cref="ClusterUnreachableException">They have not.</exception>
    public static Task<LocalCluster> StartAsync(LocalClusterOptions options, Action<string> notice, CancellationToken cancellationToken) =>
        StartAsync(options, notice, LocalClusterHooks.None, cancellationToken);

    internal static async Task<LocalCluster> StartAsync(
        LocalClusterOptions options, Action<string> notice, LocalClusterHooks hooks, CancellationToken cancellationToken)
    {
        var cluster = new LocalCluster(notice, hooks);
        try
        {
            await cluster.BeginAsync(options, cancellationToken).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A client of this cluster; the caller's to dispose.</summary>
    public ClusterClient Connect() => new(new KnownAddresses(Coordinators), new Tls(TlsOptions.None), Token) { AnswerLimit = AnswerLimit };

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask())).ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task BeginAsync(LocalClusterOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);

        // Servers and workers look for the coordinator from the start, so that all processes start at the same time.
        Coordinators = [.. Enumerable.Range(0, 1 + options.Standbys).Select(_ => new ClusterAddress("127.0.0.1", FreePort.FindPair()))];
        List<string> replace = options.ReplaceAfter is { } after ? ["--replace-after", after.TotalSeconds.ToString(CultureInfo.InvariantCulture)] : [];
        for (var i = 0; i < Coordinators.Count; i++)
        {
            var name = i == 0 ? "coordinator" : $"standby-{i}";
            List<string> join = options.Control.IsAkka ? ["--join", string.Join(',', Coordinators)] : [];
            var runs = Path.Combine(options.Directory, i == 0 ? "runs" : $"runs-of-{name}");
            Add(options, name, ["--role", "coordinator", "--listen", Coordinators[i].ToString(), "--runs", runs, .. join, .. replace, .. i == 0 ? options.CoordinatorOptions : []]);
        }

        for (var i = 0; i < options.Servers; i++)
        {
            Add(options, $"server-{i}", ["--role", "server", .. Member(i), "--threads", ThreadsOfServer(options)]);
        }

        for (var i = 0; i < options.Workers; i++)
        {
            Add(options, $"worker-{i}", ["--role", "worker", .. Member(i), "--threads", options.ThreadsPerWorker.ToString(CultureInfo.InvariantCulture)]);
        }

        GaveUp = Task.WhenAny(_nodes.Select(node => node.GaveUp)).Unwrap();
        await _nodes[0].FirstLine.WaitAsync(StartLimit, cancellationToken).ConfigureAwait(false);
        using var client = Connect();
        await ClusterSession.GatherAsync(client, options.Workers, options.Servers, StartLimit, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(Coordinators.Skip(1).Select(standby => BecomeReadyAsync(standby, cancellationToken))).ConfigureAwait(false);
        _watching = Task.Run(WatchAsync, CancellationToken.None);
    }

    /// <exception cref="ClusterUnreachableException">The node is not part of the cluster in time.</exception>
    private static async Task BecomeReadyAsync(ClusterAddress node, CancellationToken cancellationToken)
    {
        var tls = new Tls(TlsOptions.None);
        var watch = Stopwatch.StartNew();
        while (!await IsReadyAsync(node, tls, cancellationToken).ConfigureAwait(false))
        {
            if (watch.Elapsed > StartLimit)
            {
                throw new ClusterUnreachableException(FormattableString.Invariant($"after {StartLimit.TotalSeconds:F0} s the node at {node} has not joined"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsReadyAsync(ClusterAddress node, Tls tls, CancellationToken cancellationToken)
    {
        try
        {
            return (await NodeHealth.ReadyAsync(node, tls, cancellationToken).ConfigureAwait(false)).IsGood;
        }
        catch (ClusterUnreachableException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private static string ThreadsOfServer(LocalClusterOptions options) =>
        Math.Max(1, Environment.ProcessorCount / options.Servers).ToString(CultureInfo.InvariantCulture);

    private IEnumerable<string> Member(int index) =>
        ["--join", string.Join(',', Coordinators), "--listen", "127.0.0.1:0", "--index", index.ToString(CultureInfo.InvariantCulture)];

    private void Add(LocalClusterOptions options, string name, IEnumerable<string> arguments)
    {
        var directory = Path.Combine(options.Directory, name);
        List<string> sharing = options.SharesMemory ? [] : [NoSharedMemory];
        List<string> faults = options.Faults is { } plan ? [Faults, plan.Path] : [];
        _nodes.Add(new NodeProcess(
            name,
            [.. options.Command, "node", "--lifeline", "--dir", directory, "--data-root", options.DataRoot, .. options.Control.ToArguments(), .. sharing, .. faults, .. arguments],
            Token,
            directory + ".log",
            _notice)
        { BeforeRestart = ending => _hooks.BeforeRestart(name, ending) });
    }

    /// <summary>Whoever lives and is silent is killed: only one life of a coordinator or server may act.</summary>
    private async Task WatchAsync()
    {
        using var client = Connect();
        var heard = Stopwatch.StartNew();
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(WatchEvery, _end.Token).ConfigureAwait(false);
                var status = await client.StatusAsync(_end.Token).ConfigureAwait(false);
                heard.Restart();
                foreach (var lost in status.Nodes.Where(node => node.State == "lost" && !_hooks.Spares(node.Name)))
                {
                    _nodes.FirstOrDefault(node => node.Name == lost.Name)?.Kill(lost.ProcessId);
                }
            }
            catch (CoordinatorElsewhereException)
            {
                // It lives, and is about to find its cluster.
                heard.Restart();
            }
            catch (ClusterUnreachableException) when (heard.Elapsed > SilenceLimit && !_hooks.Spares(_nodes[0].Name))
            {
                _nodes[0].Kill(_nodes[0].ProcessId);
                heard.Restart();
            }
            catch (Exception e) when (e is ClusterUnreachableException or UsageException or OperationCanceledException)
            {
                // It is being started again, or the end has come.
            }
        }
    }
}
