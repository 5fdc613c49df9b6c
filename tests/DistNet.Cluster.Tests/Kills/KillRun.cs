using System.Collections.Concurrent;
using System.Diagnostics;
using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>A local cluster of real processes, one run on it, and the blows of a plan.</summary>
internal sealed class KillRun(KillPlan plan, string directory)
{
    private const int LinesShown = 30;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, bool> _wiped = new();
    private readonly ConcurrentDictionary<string, bool> _ghosts = new();
    private readonly ToldProgress _told = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ConcurrentQueue<string> _struck = new();

    /// <summary>What has happened, in the order in which it did.</summary>
    public string Story => string.Join(", ", _struck);

    /// <summary>Steps that were late, and computed by others too.</summary>
    public int LateSteps => _told.Lines.Count(line => line.Contains(" is late with step ", StringComparison.Ordinal));

    /// <summary>Carries the plan out.</summary>
    /// <exception cref="TimeoutException">The run did not end.</exception>
    public async Task<TrainingResult> RunAsync()
    {
        var options = new LocalClusterOptions
        {
            Command = CommandProcess.Program,
            Directory = directory,
            Workers = plan.Options.Workers,
            Servers = plan.Options.Servers,
            ReplaceAfter = plan.ReplaceAfter,
            DataRoot = directory,
            SharesMemory = plan.SharesMemory,
            Control = plan.Control,
        };
        await using var cluster = await LocalCluster.StartAsync(options, _told.Notice, new LocalClusterHooks(BeforeRestartAsync, _ghosts.ContainsKey), default);
        Note("all are here");
        using var client = cluster.Connect();
        await client.BeginAsync(plan.Options, sendsData: false, giveUpAfter: null, default);
        var following = client.FollowAsync(_told, default);
        var ended = Task.WhenAny(following, cluster.GaveUp);
        try
        {
            await StrikeAllAsync(cluster, ended).WaitAsync(Deadline - _watch.Elapsed);
            (await ended.WaitAsync(Deadline - _watch.Elapsed)).ShouldBe(following, "a node could not be kept alive");
        }
        finally
        {
            // Nobody waits for a process that is stopped.
            cluster.Nodes.ToList().ForEach(node => Signals.Send(node.ProcessId, Signals.Continue));
        }

        Note("the run ended");
        return await following;
    }

    /// <summary>What the nodes and the run have said last.</summary>
    public string Tails()
    {
        var logs = Directory.EnumerateFiles(directory, "*.log").Select(path => $"{Path.GetFileName(path)}:\n{string.Join('\n', LinesOf(path).TakeLast(LinesShown))}");
        var told = _told.Lines.Where(line => !line.StartsWith("step ", StringComparison.Ordinal)).TakeLast(LinesShown);
        return $"{Story}, at step {_told.LastStep}\n{string.Join('\n', told)}\n{string.Join('\n', logs)}";
    }

    private static string[] LinesOf(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n');
    }

    /// <summary>A blow that is due when the run is over falls on nobody.</summary>
    private async Task StrikeAllAsync(LocalCluster cluster, Task ended)
    {
        foreach (var blow in plan.Blows)
        {
            await Task.WhenAny(_told.UntilStepAsync(blow.Step), ended);
            if (ended.IsCompleted)
            {
                return;
            }

            await Task.WhenAll(blow.Victims.Select(victim => StrikeAsync(cluster, victim.Node, victim.Fate, ended)));
        }
    }

    private async Task StrikeAsync(LocalCluster cluster, string name, Fate fate, Task ended)
    {
        var node = cluster.Nodes.Single(node => node.Name == name);
        var process = node.ProcessId;
        Note($"{name} {fate.ToString().ToLowerInvariant()}");
        switch (fate)
        {
            case Fate.Killed:
                Signals.Send(process, Signals.Kill);
                break;
            case Fate.Wiped:
                _wiped[name] = true;
                Signals.Send(process, Signals.Kill);
                break;
            case Fate.Silenced:
                Signals.Send(process, Signals.Stop);
                break;
            case Fate.Ghost:
                _ghosts[name] = true;
                var given = GivenUpAsync(name, process);
                Signals.Send(process, Signals.Stop);
                await Task.WhenAny(given, ended);
                Signals.Send(process, Signals.Continue);
                Note($"{name} goes on");
                break;
        }
    }

    /// <summary>The coordinator says whom it has given up; that it was given up itself is in the others' logs.</summary>
    private Task GivenUpAsync(string name, int process)
    {
        if (name != "coordinator")
        {
            return _told.UntilAsync(FormattableString.Invariant($"{name} (pid {process},"), "is gone");
        }

        var before = Losses();
        return Eventually.TrueAsync(() => Losses() > before, Deadline, "a worker to miss the coordinator");

        int Losses() => LinesOf(Path.Combine(directory, "worker-0.log")).Count(line => line.Contains("lost the coordinator", StringComparison.Ordinal));
    }

    private Task BeforeRestartAsync(string name, CancellationToken ending)
    {
        if (!_wiped.TryRemove(name, out _))
        {
            return Task.CompletedTask;
        }

        string[] own = name == "coordinator" ? [name, "runs"] : [name];
        foreach (var path in own.Select(part => Path.Combine(directory, part)).Where(Directory.Exists))
        {
            Directory.Delete(path, recursive: true);
        }

        return Task.CompletedTask;
    }

    private void Note(string what) => _struck.Enqueue(FormattableString.Invariant($"{_watch.Elapsed.TotalSeconds:F1} s {what}"));
}
