using DistNet.Hosting;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// Runs the real actors of a cluster on one thread and a virtual clock, over a network that delays, reorders and duplicates, on nodes
/// that are killed and come back, with disks that tear. Gradients are computed by the blueprint's runner when their
/// first part is due; only their time is simulated.
/// </summary>
public sealed partial class SimulationHost : IDisposable
{
    /// <summary>Where only timers go off for so long, nothing will ever happen again.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromMinutes(10);

    private const long EventsBetweenLooks = 4096;

    private readonly ClusterBlueprint _blueprint;
    private readonly SimulationOptions _options;
    private readonly EventQueue _events = new();
    private readonly TensorPool _wire = new();
    private readonly TensorPool? _shared;
    private readonly SimulatedNode?[] _nodes;
    private readonly SimulatedDisk[] _disks;
    private readonly NetworkLines _lines;
    private readonly NodeTimes _times;
    private readonly SimulatedFaults? _plan;
    private readonly LuckStream _faults;
    private readonly LuckStream _tears;
    private long _nextIncarnation = 1;
    private long _inputs;
    private TimeSpan _lastAction;
    private int _generations;
    private RunSummary? _summary;
    private string? _hash;
    private string? _failure;

    /// <param name="blueprint">The cluster.</param>
    /// <param name="options">Its times and faults.</param>
    /// <exception cref="ArgumentException">Faults need nodes with a memory of their own.</exception>
    public SimulationHost(ClusterBlueprint blueprint, SimulationOptions options)
    {
        if (options.SharesMemory && (options.Kills.Count > 0 || options.Links.DuplicateProbability > 0 || options.Faults is not null))
        {
            throw new ArgumentException("Kills, duplicates and faults need nodes with a memory of their own.", nameof(options));
        }

        _blueprint = blueprint;
        _options = options;
        _shared = options.SharesMemory ? _wire : null;
        _nodes = new SimulatedNode?[blueprint.NodeCount];
        _disks = [.. _nodes.Select(_ => new SimulatedDisk())];
        _lines = new NetworkLines(options.Links, blueprint.Plan.Layout.Length, _nodes.Length, options.Seed);
        _times = new NodeTimes(options, _nodes.Length);
        _faults = new LuckStream(Luck.Key(options.Seed, LuckPurpose.Faults));
        _tears = new LuckStream(Luck.Key(options.Seed, LuckPurpose.Disk));
        _plan = options.Faults is { } plan ? new SimulatedFaults(plan) : null;
    }

    /// <summary>Called for every observation of every actor.</summary>
    public Action<TimeSpan, Envelope>? Observer { get; set; }

    /// <summary>Called for every input an actor is given, before it is.</summary>
    public Action<ActorId, Input>? Tracer { get; set; }

    /// <summary>Told where virtual time goes.</summary>
    public ISimulationWatcher? Watcher { get; set; }

    /// <summary>Called with everything that an actor stores, when it does. Who keeps a tensor of it holds it.</summary>
    public Action<ActorId, DurableKey, DurableItem>? Storing { get; set; }

    /// <summary>Runs until the run has ended.</summary>
    /// <param name="stop">Asks the run to end soon, in good order.</param>
    public SimulationResult Run(CancellationToken stop = default)
    {
        foreach (var name in _blueprint.Nodes)
        {
            Start(name);
        }

        foreach (var kill in _options.Kills)
        {
            Call(kill.At, () => Crash(kill));
        }

        var asked = false;
        for (long count = 0; _summary is null && _failure is null; count++)
        {
            if (count % EventsBetweenLooks == 0 && stop.IsCancellationRequested && !asked)
            {
                asked = true;
                SendAt(_events.Now, ActorId.Coordinator, default(EndEarly));
            }

            RunNext();
        }

        return Result();
    }

    /// <summary>Sends a message from outside the cluster at a moment of virtual time.</summary>
    public void SendAt<T>(TimeSpan at, ActorId to, T message)
        where T : struct, IMessage => Call(at, () =>
        {
            if (NodeOf(to) is { } node)
            {
                DeliverTo(node, Envelope<T>.Rent(to, 0, to, message));
            }
        });

    public void Dispose()
    {
        foreach (var node in _nodes)
        {
            node?.Dispose();
        }

        Array.ForEach(_disks, disk => disk.Dispose());
        _wire.Dispose();
    }

    /// <param name="at">When.</param>
    /// <param name="action">What.</param>
    /// <param name="node">Whose doing it is, so that it waits while that node stands still; null: nobody's.</param>
    private void Call(TimeSpan at, Action action, SimulatedNode? node = null) =>
        _events.Add(at, new SimulationEvent(SimulationEventKind.Call, 0, node, action));

    private SimulatedNode? NodeOf(ActorId actor)
    {
        var number = _blueprint.NumberOf(actor);
        return number >= 0 && _nodes[number] is { IsAlive: true } node ? node : null;
    }

    private void RunNext()
    {
        if (_events.Now > _options.Deadline || !TryHappen() || IsSilent())
        {
            _failure ??= _summary is null ? $"hangs: not ended after {_events.Now.TotalSeconds:F1} s of virtual time" : null;
        }
    }

    private bool IsSilent()
    {
        if (!_events.HasTimersOnly)
        {
            _lastAction = _events.Now;
            return false;
        }

        return _events.Now - _lastAction > SilenceLimit;
    }

    private bool TryHappen()
    {
        if (!_events.TryTake(out var happening))
        {
            return false;
        }

        Happen(happening);
        return true;
    }

    /// <summary>Lets the last messages arrive, so that what is held then is held for ever.</summary>
    private SimulationResult Result()
    {
        var time = _events.Now;
        var inputs = _inputs;
        while (_failure is null && _events.Now < Later(time, _lastPauseEnds) + TimeSpan.FromMinutes(1) && TryHappen())
        {
        }

        var leaked = _failure is not null ? 0
            : _shared is not null ? _shared.Outstanding
            : _nodes.Sum(node => node is { IsAlive: true } ? node.Pool.Outstanding : 0);
        return new SimulationResult(_summary, _hash, _failure, leaked, _generations, inputs, time);
    }

    private void Give(SimulatedNode node, int actor, in Input input)
    {
        if (node.IsAlive)
        {
            _inputs++;
            Tracer?.Invoke(node.Actors[actor], input);
            CarryOut(node, actor, node.Handle(actor, input));
        }
    }

    private void Observe(Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<RunFailed> failed:
                _failure = failed.Message.Reason;
                break;
            case Envelope<GenerationOpened>:
                _generations++;
                BeginFaults();
                break;
            case Envelope<Advanced> advanced:
                OnVersion(advanced.Message.Version);
                break;
        }

        Observer?.Invoke(_events.Now, envelope);
        if (envelope is Envelope<RunCompleted> completed)
        {
            Complete(completed.Message);
        }

        envelope.Recycle();
    }

    private void Complete(in RunCompleted completed)
    {
        _summary = completed.Summary;
        _hash = WeightsHash.Of(_blueprint.Plan.Map, completed.Partitions);
        foreach (var partition in completed.Partitions)
        {
            partition.Release();
        }
    }
}
