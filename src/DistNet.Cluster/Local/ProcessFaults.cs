using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// The faults of a plan that happen to the processes of a local cluster: kills, pauses, torn files. The run's start is the first update that
/// is told. Also keeps the cluster from killing those who only seem dead because the plan silences them.
/// </summary>
internal sealed class ProcessFaults : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly FaultPlan _plan;
    private readonly string _directory;
    private readonly Action<string> _notice;
    private readonly FaultSchedule _schedule;
    private readonly Stopwatch _sinceStart = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, TimeSpan> _restarts = new();
    private readonly ConcurrentDictionary<string, (int Place, TornItem Item)> _tears = new();
    private readonly List<(int Place, NodeProcess Node, int ProcessId)> _paused = [];
    private Task _carryingOut = Task.CompletedTask;
    private long _version;

    /// <param name="plan">Of the whole cluster.</param>
    /// <param name="directory">In which each node has a directory of its name.</param>
    /// <param name="notice">Hears of each fault.</param>
    public ProcessFaults(FaultPlan plan, string directory, Action<string> notice)
    {
        _plan = plan;
        _directory = directory;
        _notice = notice;
        _schedule = new FaultSchedule(plan);
        Hooks = new LocalClusterHooks(BeforeRestartAsync, IsSilenced);
    }

    /// <summary>For the cluster.</summary>
    public LocalClusterHooks Hooks { get; }

    /// <summary>From now on the plan is carried out, as soon as the run has begun.</summary>
    public void Begin(IReadOnlyList<NodeProcess> nodes) => _carryingOut = Task.Run(() => CarryOutAsync(nodes));

    /// <summary>The run is that far.</summary>
    public void Saw(long version)
    {
        Volatile.Write(ref _version, version);
        _started.TrySetResult();
    }

    /// <summary>Whoever is paused goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _carryingOut.ConfigureAwait(false);
        _paused.ForEach(Continue);
        _end.Dispose();
    }

    private static ActorId IdOf(string name) => name.Split('-') switch
    {
        ["server", var index] => ActorId.Server(int.Parse(index, CultureInfo.InvariantCulture)),
        ["worker", var index] => ActorId.Worker(int.Parse(index, CultureInfo.InvariantCulture)),
        _ => ActorId.Coordinator,
    };

    private async Task CarryOutAsync(IReadOnlyList<NodeProcess> nodes)
    {
        try
        {
            await _started.Task.WaitAsync(_end.Token).ConfigureAwait(false);
            _sinceStart.Start();
            using var timer = new PeriodicTimer(LookEvery);
            do
            {
                Look(nodes);
            }
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private void Look(IReadOnlyList<NodeProcess> nodes)
    {
        IReadOnlyList<int> beginning;
        lock (_schedule)
        {
            beginning = _schedule.Advance(_sinceStart.Elapsed, Volatile.Read(ref _version));
        }

        foreach (var place in beginning)
        {
            if (_plan.Faults[place] is NodeFault fault)
            {
                foreach (var node in nodes.Where(node => fault.Nodes.Contains(IdOf(node.Name))))
                {
                    Strike(place, fault, node);
                }
            }
        }

        foreach (var over in _paused.Where(paused => !IsActive(paused.Place)).ToArray())
        {
            Continue(over);
            _paused.Remove(over);
        }
    }

    private void Strike(int place, NodeFault fault, NodeProcess node)
    {
        var process = node.ProcessId;
        switch (fault)
        {
            case KillFault kill:
                _notice($"fault: faults[{place}] kills {node.Name} (pid {process}){(kill.RestartAfter is null ? " for good" : "")}");
                Kill(node, process, kill.RestartAfter ?? Timeout.InfiniteTimeSpan);
                break;
            case TearFault tear:
                _notice($"fault: faults[{place}] kills {node.Name} (pid {process}) and tears a file of it");
                _tears[node.Name] = (place, tear.Item);
                Kill(node, process, tear.RestartAfter);
                break;
            case PauseFault when node.Signal(process, ProcessSignals.Stop):
                _notice($"fault: faults[{place}] pauses {node.Name} (pid {process})");
                _paused.Add((place, node, process));
                break;
        }
    }

    private void Kill(NodeProcess node, int process, TimeSpan restartAfter)
    {
        _restarts[node.Name] = restartAfter;
        node.Kill(process);
    }

    private void Continue((int Place, NodeProcess Node, int ProcessId) paused)
    {
        if (paused.Node.Signal(paused.ProcessId, ProcessSignals.Continue))
        {
            _notice($"fault: faults[{paused.Place}] is over, {paused.Node.Name} (pid {paused.ProcessId}) goes on");
        }
    }

    private async Task BeforeRestartAsync(string name, CancellationToken ending)
    {
        if (_tears.TryRemove(name, out var tear))
        {
            var path = StoredFiles.Tear(Path.Combine(_directory, name), tear.Item);
            _notice($"fault: faults[{tear.Place}] {(path is null ? $"finds no {tear.Item.ToString().ToLowerInvariant()} of {name} to tear" : $"cuts {Path.GetFileName(path)} of {name} short")}");
        }

        if (_restarts.TryRemove(name, out var after))
        {
            await Task.Delay(after, ending).ConfigureAwait(false);
        }
    }

    private bool IsSilenced(string name) => _plan.Faults.Select((fault, place) => (fault, place)).Any(pair => pair.fault switch
    {
        PauseFault pause => pause.Nodes.Contains(IdOf(name)) && IsActive(pair.place),
        PartitionFault partition => partition.Separates(IdOf(name), ActorId.Coordinator) && IsCut(pair.place, name),
        _ => false,
    });

    /// <summary>Whoever carries a partition out writes down when it began.</summary>
    private bool IsCut(int place, string name) => new[] { name, ActorId.Coordinator.ToString() }
        .Any(node => FaultJournal.Read(Path.Combine(_directory, node))?.IsActive(place, _plan.Faults[place], DateTimeOffset.UtcNow) == true);

    private bool IsActive(int place)
    {
        lock (_schedule)
        {
            return _schedule.IsActive(place, _sinceStart.Elapsed);
        }
    }
}
