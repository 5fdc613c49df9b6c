using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>A client's way through a run: follow it, show the nodes, fetch its folder.</summary>
public static class ClusterSession
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(300);

    /// <summary>Follows the latest run to its end and fetches its folder.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="run">Its name.</param>
    /// <param name="output">Where the folder goes; null: runs/ and its name.</param>
    /// <param name="progress">Told how it goes.</param>
    /// <param name="cancellationToken">Leaves it; the run goes on.</param>
    /// <exception cref="TrainingFailedException">The run failed, or its folder cannot be written here.</exception>
    public static async Task<TrainingResult> FollowAsync(
        ClusterClient client, string run, string? output, ITrainingProgress progress, CancellationToken cancellationToken)
    {
        using var polling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var nodes = PollAsync(client, progress, polling.Token);
        try
        {
            var result = await client.FollowAsync(progress, cancellationToken).ConfigureAwait(false);
            var folder = output ?? RunFolder.FreePath(Path.Combine("runs", run));
            return await client.InsistAsync(() => FetchAsync(client, run, result with { Run = folder }, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await polling.CancelAsync().ConfigureAwait(false);
            await nodes.ConfigureAwait(false);
        }
    }

    /// <summary>Waits until so many nodes of each role are there.</summary>
    /// <exception cref="ClusterUnreachableException">They do not come in time.</exception>
    public static async Task<ClusterStatus> GatherAsync(
        ClusterClient client, int workers, int servers, TimeSpan limit, CancellationToken cancellationToken)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var status = await client.InsistAsync(() => client.StatusAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            var (here, serving) = (Count(status, "worker-"), Count(status, "server-"));
            if (here >= workers && serving >= servers)
            {
                return status;
            }

            if (watch.Elapsed > limit)
            {
                throw new ClusterUnreachableException(
                    FormattableString.Invariant($"after {limit.TotalSeconds:F0} s {here} of {workers} workers and {serving} of {servers} servers have joined"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Nodes of a role.</summary>
    public static int Count(ClusterStatus status, string prefix) =>
        status.Nodes.Count(node => node.Name.StartsWith(prefix, StringComparison.Ordinal) && node.State is not ("lost" or "joining"));

    private static async Task<TrainingResult> FetchAsync(ClusterClient client, string run, TrainingResult result, CancellationToken cancellationToken)
    {
        try
        {
            await client.FetchFolderAsync(result.Run, cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingFailedException($"the run is done, but its folder cannot be written here: {e.Message}; the coordinator's node keeps it among its runs as {run}", e);
        }
    }

    private static async Task PollAsync(ClusterClient client, ITrainingProgress progress, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var status = await client.StatusAsync(cancellationToken).ConfigureAwait(false);
                progress.Nodes([.. status.Nodes.Select(node => new NodeReport(node.Name, node.ProcessId, node.State, node.Step, node.Lanes))]);
                await Task.Delay(PollEvery, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ClusterUnreachableException or UsageException)
            {
                // Whoever follows the feed sees a lost coordinator too, and decides.
                await Task.WhenAny(Task.Delay(PollEvery, CancellationToken.None)).ConfigureAwait(false);
            }
        }
    }
}
