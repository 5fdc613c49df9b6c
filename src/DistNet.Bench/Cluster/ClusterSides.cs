using DistNet.Hosting;

namespace DistNet.Bench;

/// <summary>Steps of one network on clusters of processes (<see cref="ClusterSide"/>), and in this process on two threads.</summary>
public sealed class ClusterSides : IAsyncDisposable
{
    /// <summary>Samples of a step.</summary>
    public const int Batch = ClusterWork.Batch;

    private readonly ClusterWork _work = new();
    private readonly List<ClusterSide> _clusters = [];

    private ClusterSides() => InProcess = new Side(
        "in-process, 2 workers",
        steps => ClusterSide.Time(_work, steps, static options => TrainingSession.RunAsync(options, Unwatched.Instance, CancellationToken.None)));

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
        foreach (var cluster in _clusters)
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
        }

        _work.Dispose();
    }

    private async Task<Side> StartAsync(IReadOnlyList<string> nodeCommand, bool sharesMemory, CancellationToken cancellationToken)
    {
        var name = $"cluster, 1 server and 2 workers, {(sharesMemory ? "shared memory" : "sockets")}";
        var cluster = await ClusterSide.StartAsync(name, _work, options => options with { SharesMemory = sharesMemory }, nodeCommand, cancellationToken).ConfigureAwait(false);
        _clusters.Add(cluster);
        return cluster.Side;
    }
}
