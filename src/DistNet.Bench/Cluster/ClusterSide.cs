using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Bench;

/// <summary>
/// A cluster of processes, one server and two workers of one thread, that is there for the whole of a measurement. A turn is a whole run; the time of
/// its steps counts, as the run itself measures it, without its start and its end.
/// </summary>
internal sealed class ClusterSide : IAsyncDisposable
{
    /// <summary>A run leaves its first steps out of its rate; these are added for them.</summary>
    private const int UncountedSteps = 50;

    private readonly ClusterWork _work;

    private ClusterSide(string name, ClusterWork work, LocalCluster cluster)
    {
        _work = work;
        Cluster = cluster;
        Client = cluster.Connect();
        Side = new Side(name, steps => Time(work, steps, RunAsync));
    }

    public Side Side { get; }

    public LocalCluster Cluster { get; }

    public ClusterClient Client { get; }

    /// <param name="name">Of the side.</param>
    /// <param name="work">What is trained.</param>
    /// <param name="adjust">What is to be other than usual.</param>
    /// <param name="nodeCommand">The program and the arguments before those of its verb <c>node</c>.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<ClusterSide> StartAsync(
        string name, ClusterWork work, Func<LocalClusterOptions, LocalClusterOptions> adjust, IReadOnlyList<string> nodeCommand, CancellationToken cancellationToken)
    {
        var options = adjust(new LocalClusterOptions
        {
            Command = nodeCommand,
            Directory = Path.Combine(work.NodesDirectory, name),
            Workers = ClusterWork.Workers,
            Servers = ClusterWork.Servers,
        });
        return new ClusterSide(name, work, await LocalCluster.StartAsync(options, static _ => { }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Seconds that so many steps take where a run is carried out in that way.</summary>
    public static double Time(ClusterWork work, int steps, Func<TrainingOptions, Task<TrainingResult>> run)
    {
        var result = run(work.Run(steps + UncountedSteps)).GetAwaiter().GetResult();
        return steps * ClusterWork.Batch / result.SamplesPerSecond;
    }

    /// <summary>What goes on while this cluster trains.</summary>
    public async Task DuringRunAsync(Action measure, CancellationToken cancellationToken)
    {
        var watcher = new FeedWatcher();
        var first = watcher.NextStepAsync();
        await Client.BeginAsync(_work.Run(ClusterWork.LongEnough), sendsData: false, null, cancellationToken).ConfigureAwait(false);
        var following = Client.FollowAsync(watcher, cancellationToken);
        await (await Task.WhenAny(first, following).ConfigureAwait(false)).ConfigureAwait(false);
        measure();
        await Client.StopAsync(checkpoint: true, cancellationToken).ConfigureAwait(false);
        await following.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cluster.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<TrainingResult> RunAsync(TrainingOptions options)
    {
        await Client.BeginAsync(options, sendsData: false, null, CancellationToken.None).ConfigureAwait(false);
        return await Client.FollowAsync(Unwatched.Instance, CancellationToken.None).ConfigureAwait(false);
    }
}
