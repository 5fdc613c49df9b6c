using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary><c>distnet up</c>: a cluster for one run.</summary>
public static class LocalSession
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);

    /// <summary>Starts the cluster, trains, fetches the run folder and ends the cluster.</summary>
    /// <param name="cluster">The processes.</param>
    /// <param name="options">The run.</param>
    /// <param name="giveUpAfter">How long it waits for want of nodes; null: as long as it takes.</param>
    /// <param name="progress">Told how it goes.</param>
    /// <param name="stop">Ends the run soon, in good order and with a checkpoint; the result says so.</param>
    public static async Task<TrainingResult> RunAsync(
        LocalClusterOptions cluster, TrainingOptions options, TimeSpan? giveUpAfter, ITrainingProgress progress, CancellationToken stop)
    {
        var faults = cluster.Faults is { } file ? new ProcessFaults(file.Plan, cluster.Directory, progress.Notice) : null;
        await using var local = await LocalCluster.StartAsync(cluster, progress.Notice, faults?.Hooks ?? LocalClusterHooks.None, stop).ConfigureAwait(false);
        await using var ended = faults;
        faults?.Begin(local.Nodes);
        var watched = faults is null ? progress : new StepWatch(progress, step => faults.Saw(step.Version));
        using var client = local.Connect();
        var run = await client.InsistAsync(() => BeginAsync(client, options, giveUpAfter, stop), stop).ConfigureAwait(false);
        using var ending = new CancellationTokenSource();
        await using var registration = stop.Register(() => _ = StopAsync(client, ending));
        var following = ClusterSession.FollowAsync(client, run, options.Out ?? options.Resume, watched, ending.Token);
        if (await Task.WhenAny(following, local.GaveUp).ConfigureAwait(false) == local.GaveUp)
        {
            await ending.CancelAsync().ConfigureAwait(false);
            throw new TrainingFailedException(await local.GaveUp.ConfigureAwait(false));
        }

        return await following.ConfigureAwait(false);
    }

    /// <summary>A coordinator that died while it was asked may have begun the run.</summary>
    private static async Task<string> BeginAsync(ClusterClient client, TrainingOptions options, TimeSpan? giveUpAfter, CancellationToken cancellationToken) =>
        (await client.StatusAsync(cancellationToken).ConfigureAwait(false)).Run?.Name
        ?? await client.BeginAsync(options, sendsData: false, giveUpAfter, cancellationToken).ConfigureAwait(false);

    private static async Task StopAsync(ClusterClient client, CancellationTokenSource ending)
    {
        try
        {
            ending.CancelAfter(StopLimit);
            await client.StopAsync(checkpoint: true, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ClusterUnreachableException or UsageException or OperationCanceledException)
        {
            // The run has ended meanwhile, or its coordinator is lost: whoever follows it sees that.
        }
    }
}
