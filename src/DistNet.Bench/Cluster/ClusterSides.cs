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

    private readonly ClusterWork _work;
    private readonly LocalCluster _cluster;
    private readonly ClusterClient _client;

    private ClusterSides(ClusterWork work, LocalCluster cluster)
    {
        _work = work;
        _cluster = cluster;
        _client = cluster.Connect();
        Cluster = new Side("cluster, 1 server and 2 workers", steps => Run(steps, RunOnCluster));
        InProcess = new Side("in-process, 2 workers", steps => Run(steps, RunInProcess));
    }

    public Side Cluster { get; }

    public Side InProcess { get; }

    /// <param name="nodeCommand">The program and the arguments before those of its verb <c>node</c>.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<ClusterSides> StartAsync(IReadOnlyList<string> nodeCommand, CancellationToken cancellationToken)
    {
        var work = new ClusterWork();
        var options = new LocalClusterOptions(nodeCommand, work.NodesDirectory, ClusterWork.Workers, ClusterWork.Servers, 1, null, ".");
        return new ClusterSides(work, await LocalCluster.StartAsync(options, static _ => { }, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync().ConfigureAwait(false);
        _work.Dispose();
    }

    private double Run(int steps, Func<TrainingOptions, Task<TrainingResult>> run)
    {
        var result = run(_work.Run(steps + UncountedSteps)).GetAwaiter().GetResult();
        return steps * Batch / result.SamplesPerSecond;
    }

    private async Task<TrainingResult> RunOnCluster(TrainingOptions options)
    {
        await _client.BeginAsync(options, sendsData: false, null, CancellationToken.None).ConfigureAwait(false);
        return await _client.FollowAsync(new Silent(), CancellationToken.None).ConfigureAwait(false);
    }

    private static Task<TrainingResult> RunInProcess(TrainingOptions options) => TrainingSession.RunAsync(options, new Silent(), CancellationToken.None);

    private sealed class Silent : ITrainingProgress
    {
        public void Started(RunDescription description)
        {
        }

        public void Epoch(EpochReport report)
        {
        }

        public void Step(in StepReport report)
        {
        }

        public void Notice(string line)
        {
        }
    }
}
