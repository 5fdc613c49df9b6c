using System.Diagnostics;
using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Bench;

/// <summary>How long a cluster took to say who was killed, and to complete the next step, in seconds.</summary>
internal readonly record struct KillTimes(double ToName, double ToStep);

/// <summary>A cluster of four workers in a run without end, whose workers are killed one after the other.</summary>
internal sealed class KillBench : IAsyncDisposable
{
    private const int Workers = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string _directory = Directory.CreateTempSubdirectory("distnet-bench-").FullName;
    private readonly FeedWatcher _watcher = new();
    private readonly CancellationTokenSource _end = new();
    private LocalCluster _cluster = null!;
    private ClusterClient _client = null!;
    private Task _following = Task.CompletedTask;
    private int _kills;

    public static async Task<KillBench> StartAsync(IReadOnlyList<string> command, CancellationToken stop)
    {
        var bench = new KillBench();
        var options = new LocalClusterOptions { Command = command, Directory = bench._directory, Workers = Workers };
        bench._cluster = await LocalCluster.StartAsync(options, static _ => { }, stop).ConfigureAwait(false);
        bench._client = bench._cluster.Connect();
        await bench._client.BeginAsync(
            new TrainingOptions { Workers = Workers, Lanes = Workers, Epochs = null, Steps = ClusterWork.LongEnough }, sendsData: false, null, stop).ConfigureAwait(false);
        bench._following = bench.FollowAsync();
        return bench;
    }

    /// <summary>Kills a worker in the midst of its work; comes back when the run goes on and another process has taken its place.</summary>
    public async Task<KillTimes> KillAsync(CancellationToken stop)
    {
        var status = await ClusterSession.GatherAsync(_client, Workers, 1, Limit, stop).ConfigureAwait(false);
        await _watcher.NextStepAsync().WaitAsync(Limit, stop).ConfigureAwait(false);
        var name = FormattableString.Invariant($"worker-{_kills++ % Workers}");
        var victim = status.Nodes.Single(node => node.Name == name);
        var named = _watcher.NoticeAsync(line => line.StartsWith($"{victim.Name} ", StringComparison.Ordinal) && line.Contains("is gone", StringComparison.Ordinal));
        var began = Stopwatch.GetTimestamp();
        Process.GetProcessById(victim.ProcessId).Kill();
        await named.WaitAsync(Limit, stop).ConfigureAwait(false);
        var toName = Stopwatch.GetElapsedTime(began).TotalSeconds;

        // The first step told after its name may have been completed before its death.
        await _watcher.NextStepAsync().WaitAsync(Limit, stop).ConfigureAwait(false);
        await _watcher.NextStepAsync().WaitAsync(Limit, stop).ConfigureAwait(false);
        return new KillTimes(toName, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        _client.Dispose();
        await _cluster.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task FollowAsync()
    {
        try
        {
            await _client.FollowAsync(_watcher, _end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Enough was seen.
        }
    }
}
