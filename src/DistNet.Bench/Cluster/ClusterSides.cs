using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Bench;

/// <summary>
/// Steps of one network on a cluster of processes, one server and two workers of one thread, and in this process on two threads. A turn is a
/// whole run; the time of its steps counts, as the run itself measures it, without its start and its end.
/// </summary>
public sealed class ClusterSides : IAsyncDisposable
{
    /// <summary>Samples of a step.</summary>
    public const int Batch = ClusterWork.Batch;

    /// <summary>A run leaves its first steps out of its rate; these are added for them.</summary>
    private const int UncountedSteps = 50;

    private readonly ClusterWork _work = new();
    private readonly List<LocalCluster> _clusters = [];
    private readonly List<ClusterClient> _clients = [];

    private ClusterSides() => InProcess = new Side("in-process, 2 workers", steps => Run(steps, RunInProcess));

    /// <summary>Tensors in shared memory.</summary>
    public Side Cluster { get; private set; } = null!;

    /// <summary>Tensors through sockets, as between machines.</summary>
    public Side OverSockets { get; private set; } = null!;

    public Side InProcess { get; }

    /// <param name="nodeCommand">The program and the arguments before those of its verb <c>node</c>.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<ClusterSides> StartAsync(IReadOnlyList<string> nodeCommand, CancellationToken cancellationToken)
    {
        var sides = new ClusterSides();
        sides.Cluster = await sides.StartAsync(nodeCommand, sharesMemory: true, cancellationToken).ConfigureAwait(false);
        sides.OverSockets = await sides.StartAsync(nodeCommand, sharesMemory: false, cancellationToken).ConfigureAwait(false);
        return sides;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (var cluster in _clusters)
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
        }

        _work.Dispose();
    }

    private async Task<Side> StartAsync(IReadOnlyList<string> nodeCommand, bool sharesMemory, CancellationToken cancellationToken)
    {
        var name = sharesMemory ? "shared memory" : "sockets";
        var options = new LocalClusterOptions
        {
            Command = nodeCommand,
            Directory = Path.Combine(_work.NodesDirectory, name),
            Workers = ClusterWork.Workers,
            Servers = ClusterWork.Servers,
            SharesMemory = sharesMemory,
        };
        var cluster = await LocalCluster.StartAsync(options, static _ => { }, cancellationToken).ConfigureAwait(false);
        var client = cluster.Connect();
        _clusters.Add(cluster);
        _clients.Add(client);
        return new Side($"cluster, 1 server and 2 workers, {name}", steps => Run(steps, options => RunOnCluster(client, options)));
    }

    private double Run(int steps, Func<TrainingOptions, Task<TrainingResult>> run)
    {
        var result = run(_work.Run(steps + UncountedSteps)).GetAwaiter().GetResult();
        return steps * Batch / result.SamplesPerSecond;
    }

    private static async Task<TrainingResult> RunOnCluster(ClusterClient client, TrainingOptions options)
    {
        await client.BeginAsync(options, sendsData: false, null, CancellationToken.None).ConfigureAwait(false);
        return await client.FollowAsync(Unwatched.Instance, CancellationToken.None).ConfigureAwait(false);
    }

    private static Task<TrainingResult> RunInProcess(TrainingOptions options) => TrainingSession.RunAsync(options, Unwatched.Instance, CancellationToken.None);
}
