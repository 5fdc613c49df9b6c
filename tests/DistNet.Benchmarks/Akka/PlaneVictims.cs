using System.Diagnostics;
using DistNet.Bench;
using DistNet.Cluster;
using DistNet.Cluster.Akka;
using DistNet.Hosting;
using DistNet.TestKit;

namespace DistNet.Benchmarks;

/// <summary>A cluster in a run without end, whose processes are killed or stopped one after the other, each when all are there again.</summary>
internal sealed class PlaneVictims : IAsyncDisposable
{
    private const int Workers = 2;
    private const int Servers = 1;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>What a coordinator told before its death has been read by then; another takes longer to take its place.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    private readonly string _directory;
    private readonly ControlOptions _control;
    private readonly int _standbys;
    private readonly RestartGate _gate;
    private readonly FeedWatcher _watcher = new();
    private readonly CancellationTokenSource _end = new();
    private readonly DoorKnocker _knocker;
    private readonly LocalCluster _cluster;
    private readonly ClusterClient _client;
    private Task _following = Task.CompletedTask;

    private PlaneVictims(ControlOptions control, int standbys, RestartGate gate, LocalCluster cluster, string directory)
    {
        (_control, _standbys, _gate, _cluster, _directory) = (control, standbys, gate, cluster, directory);
        _client = cluster.Connect();
        _knocker = new DoorKnocker(new NodeClients(new Tls(TlsOptions.None), cluster.Token), resolves: false);
    }

    /// <param name="control">The plane.</param>
    /// <param name="standbys">Nodes that stand by for the coordinator's.</param>
    public static async Task<PlaneVictims> StartAsync(ControlOptions control, int standbys)
    {
        var directory = Directory.CreateTempSubdirectory("distnet-bench-").FullName;
        var options = new LocalClusterOptions { Command = CommandProcess.Program, Directory = directory, Workers = Workers, Servers = Servers, Control = control, Standbys = standbys };
        var gate = new RestartGate();
        var victims = new PlaneVictims(control, standbys, gate, await LocalCluster.StartAsync(options, static _ => { }, gate.Hooks, CancellationToken.None), directory);
        var run = new TrainingOptions { Workers = Workers, Lanes = Workers, Servers = Servers, Epochs = null, Steps = ClusterWork.LongEnough };
        await victims._client.BeginAsync(run, sendsData: false, null, CancellationToken.None);
        victims._following = victims.FollowAsync();
        return victims;
    }

    /// <summary>Seconds from the kill of a server or worker until the cluster says that it is gone.</summary>
    public Task<double> KillAsync(string name) => MissAsync(name, node => node.Kill(node.ProcessId));

    /// <summary>The same, but its process only stops, and keeps its connections.</summary>
    public Task<double> StopAsync(string name) => MissAsync(name, node => node.Signal(node.ProcessId, ProcessSignals.Stop));

    /// <summary>Seconds from the kill of the coordinator's process until a step that was carried out under another has reached a client.</summary>
    public async Task<double> FailOverAsync()
    {
        await SettledAsync();
        var before = (await _client.StatusAsync(CancellationToken.None)).Coordinator;
        var node = _cluster.Nodes[_cluster.Coordinators.Select(address => address.ToString()).ToList().IndexOf(before)];
        _gate.Close();
        var began = Stopwatch.GetTimestamp();
        node.Kill(node.ProcessId);
        using (var timer = new PeriodicTimer(LastWords))
        {
            await timer.WaitForNextTickAsync();
        }

        await SeenAsync(_watcher.NextStepAsync());
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var after = (await _client.StatusAsync(CancellationToken.None)).Coordinator;
        _gate.Open();
        return after != before ? seconds : throw new InvalidOperationException($"The coordinator at {before} was killed and is still there.");
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _end.CancelAsync();
        await Task.WhenAny(_following);
        _client.Dispose();
        await _cluster.DisposeAsync();
        _end.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<double> MissAsync(string name, Action<NodeProcess> strike)
    {
        await SettledAsync();
        var named = _watcher.NoticeAsync(line => line.StartsWith($"{name} ", StringComparison.Ordinal) && line.Contains("is gone", StringComparison.Ordinal));
        _gate.Close();
        var began = Stopwatch.GetTimestamp();
        strike(_cluster.Nodes.Single(node => node.Name == name));
        await SeenAsync(named);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        _gate.Open();
        return seconds;
    }

    /// <summary>All nodes are there and at work, and agree on who is there.</summary>
    private async Task SettledAsync()
    {
        using var timer = new PeriodicTimer(LookEvery);
        for (var watch = Stopwatch.StartNew(); !await AreAtWorkAsync() || !await AgreeAsync();)
        {
            await timer.WaitForNextTickAsync();
            if (watch.Elapsed > Limit)
            {
                throw new TimeoutException($"The nodes are not all at work; their logs are in {_directory}");
            }
        }

        await SeenAsync(_watcher.NextStepAsync());
        await SeenAsync(_watcher.NextStepAsync());
    }

    /// <summary>Nobody is told that a node is gone that had nothing to do yet.</summary>
    private async Task<bool> AreAtWorkAsync()
    {
        var status = await _client.InsistAsync(() => _client.StatusAsync(CancellationToken.None), CancellationToken.None);
        return status.Nodes.Count(node => node.State == "computing") == Workers && status.Nodes.Count(node => node.State == "serving") == Servers;
    }

    private async Task<bool> AgreeAsync()
    {
        if (!_control.IsAkka)
        {
            return true;
        }

        var (doors, _) = await _knocker.AskAsync(_cluster.Coordinators, CancellationToken.None);
        return doors.Count == 1 + _standbys && doors.All(door => door.Members == 1 + _standbys + Servers + Workers);
    }

    private async Task SeenAsync(Task awaited)
    {
        try
        {
            await (await Task.WhenAny(awaited, _following).WaitAsync(Limit));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Nothing was heard of it; the nodes' logs are in {_directory}");
        }

        if (!awaited.IsCompleted)
        {
            throw new InvalidOperationException("The run has ended.");
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            await _client.FollowAsync(_watcher, _end.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Enough was seen.
        }
    }
}
