using DistNet.Hosting;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// Runs the real actors of a cluster on one thread and a virtual clock, over a network that delays, reorders and duplicates, on nodes
/// that are killed and come back, with disks that tear. Gradients are computed by the blueprint's runner at once; only their time is simulated.
/// </summary>
public sealed class SimulationHost : IDisposable
{
    private readonly ClusterBlueprint _blueprint;
    private readonly SimulationOptions _options;
    private readonly EventQueue _events = new();
    private readonly TensorPool _wire = new();
    private readonly Dictionary<NodeName, SimulatedNode> _nodes = [];
    private readonly Dictionary<NodeName, SimulatedDisk> _disks = [];
    private readonly LuckStream _network;
    private readonly LuckStream _compute;
    private readonly LuckStream _faults;
    private readonly LuckStream _disk;
    private long _nextIncarnation = 1;
    private long _nextTimer;
    private int _generations;
    private RunSummary? _summary;
    private string? _hash;
    private string? _failure;

    public SimulationHost(ClusterBlueprint blueprint, SimulationOptions options)
    {
        _blueprint = blueprint;
        _options = options;
        _network = Stream(LuckPurpose.Network);
        _compute = Stream(LuckPurpose.Compute);
        _faults = Stream(LuckPurpose.Faults);
        _disk = Stream(LuckPurpose.Disk);
    }

    /// <summary>Called for every observation of every actor; for tests and traces.</summary>
    public Action<TimeSpan, Envelope>? Observer { get; set; }

    /// <summary>Called for every input an actor is given.</summary>
    public Action<ActorId, Input>? Tracer { get; set; }

    public SimulationResult Run()
    {
        foreach (var name in _blueprint.Nodes)
        {
            _disks.Add(name, new SimulatedDisk());
            Start(name);
        }

        foreach (var kill in _options.Kills)
        {
            _events.Add(kill.At, () => Crash(kill));
        }

        while (_summary is null && _failure is null)
        {
            if (_events.Now > _options.Deadline || !_events.RunNext())
            {
                _failure = $"hangs: not ended after {_events.Now.TotalSeconds:F1} s of virtual time";
            }
        }

        return Result();
    }

    /// <summary>Sends a message from outside the cluster at a moment of virtual time.</summary>
    public void SendAt<T>(TimeSpan at, ActorId to, T message)
        where T : struct, IMessage => _events.Add(at, () => Deliver(Envelope<T>.Rent(to, 0, to, message), NodeOf(to)?.Incarnation ?? 0));

    public void Dispose()
    {
        foreach (var node in _nodes.Values)
        {
            node.Dispose();
        }

        foreach (var disk in _disks.Values)
        {
            disk.Dispose();
        }

        _wire.Dispose();
    }

    private LuckStream Stream(LuckPurpose purpose) => new(Luck.Key(_options.Seed, purpose));

    private SimulatedNode? NodeOf(ActorId actor) => _nodes.TryGetValue(NodeName.Of(actor), out var node) && node.IsAlive ? node : null;

    /// <summary>Lets the last messages arrive, so that what is held then is held for ever.</summary>
    private SimulationResult Result()
    {
        var time = _events.Now;
        var events = _events.Count;
        while (_failure is null && _events.Now < time + TimeSpan.FromMinutes(1) && _events.RunNext())
        {
        }

        var leaked = _failure is null ? _nodes.Values.Where(node => node.IsAlive).Sum(node => node.Pool.Outstanding) : 0;
        return new SimulationResult(_summary, _hash, _failure, leaked, _generations, events, time);
    }

    private void Start(NodeName name)
    {
        var node = _blueprint.Build(name, _nextIncarnation++);
        _nodes[name] = node;
        foreach (var actor in node.Actors)
        {
            var record = actor.Role == Role.Coordinator ? _disks[name].Read(DurableKey.Record, node.Pool) : null;
            Give(node, actor, Input.Started(_events.Now, node.Incarnation, record));
        }

        foreach (var peer in _nodes.Values.Where(peer => peer.IsAlive && peer != node))
        {
            TellPeer(node, peer, isUp: true);
            TellPeer(peer, node, isUp: true);
        }
    }

    private void Crash(Kill kill)
    {
        if (!_nodes.TryGetValue(kill.Node, out var node) || !node.IsAlive || _summary is not null)
        {
            return;
        }

        node.Kill();
        node.Dispose();
        _disks[kill.Node].Crash(_disk, _options.TearProbability);
        if (_faults.Chance(_options.SpoilProbability))
        {
            _disks[kill.Node].Spoil();
        }

        foreach (var peer in _nodes.Values.Where(peer => peer.IsAlive))
        {
            TellPeer(peer, node, isUp: false);
        }

        _events.Add(_events.Now + kill.Downtime, () => Start(kill.Node));
    }

    private void TellPeer(SimulatedNode told, SimulatedNode about, bool isUp)
    {
        var at = _events.Now + _faults.Exponential(_options.DetectionMean);
        if (told.LastPeerNews.TryGetValue(about.Name, out var last) && last > at)
        {
            at = last;
        }

        told.LastPeerNews[about.Name] = at;
        _events.Add(at, () =>
        {
            foreach (var actor in told.Actors)
            {
                foreach (var peer in about.Actors)
                {
                    Give(told, actor, isUp
                        ? Input.PeerUp(_events.Now, peer, about.Incarnation)
                        : Input.PeerDown(_events.Now, peer, about.Incarnation));
                }
            }
        });
    }

    private void Give(SimulatedNode node, ActorId actor, in Input input)
    {
        if (node.IsAlive)
        {
            Tracer?.Invoke(actor, input);
            CarryOut(node, actor, node.Handle(actor, input));
        }
    }

    private void CarryOut(SimulatedNode node, ActorId actor, Outbox outbox)
    {
        for (var i = 0; i < outbox.Count; i++)
        {
            CarryOut(node, actor, outbox[i]);
        }

        outbox.Clear();
    }

    private void CarryOut(SimulatedNode node, ActorId actor, Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                Send(node, (Envelope)effect.Body!);
                break;
            case EffectKind.Observe:
                Observe((Envelope)effect.Body!);
                break;
            case EffectKind.StartWork:
                Work(node, actor, (WorkOrder)effect.Body!);
                break;
            case EffectKind.CancelWork:
                ((WorkOrder)effect.Body!).Cancelled.Set();
                break;
            case EffectKind.Store:
                Store(node, actor, effect.Key, (DurableItem)effect.Body!);
                break;
            case EffectKind.Load:
                Load(node, actor, effect.Key);
                break;
            case EffectKind.Forget:
                _disks[node.Name].Forget(effect.Key);
                break;
            case EffectKind.SetTimer:
                SetTimer(node, actor, effect.Timer, effect.Delay);
                break;
            case EffectKind.ClearTimer:
                node.Timers.Remove((actor, effect.Timer));
                break;
        }
    }

    private void Send(SimulatedNode from, Envelope envelope)
    {
        var target = NodeOf(envelope.To);
        if (target == from)
        {
            _events.Add(_events.Now, () => DeliverTo(from, envelope));
            return;
        }

        if (target is not null)
        {
            Transmit(envelope, target.Incarnation);
            if (_network.Chance(_options.DuplicateProbability))
            {
                Transmit(envelope, target.Incarnation);
            }
        }

        Drop(envelope);
    }

    /// <summary>Puts a copy on the wire; it reaches only the life it was sent to.</summary>
    private void Transmit(Envelope envelope, long incarnation)
    {
        var copy = envelope.CopyTo(_wire);
        var delay = _options.DelayMin + _network.Exponential(_options.DelayMean);
        _events.Add(_events.Now + delay, () => Deliver(copy, incarnation));
    }

    private void Deliver(Envelope envelope, long incarnation)
    {
        var node = NodeOf(envelope.To);
        if (node is not null && node.Incarnation == incarnation)
        {
            DeliverTo(node, envelope.CopyTo(node.Pool));
        }

        Drop(envelope);
    }

    private void DeliverTo(SimulatedNode node, Envelope envelope)
    {
        Give(node, envelope.To, Input.Message(_events.Now, envelope));
        envelope.Recycle();
    }

    private static void Drop(Envelope envelope)
    {
        envelope.Tensor.Release();
        envelope.Recycle();
    }

    private void Work(SimulatedNode node, ActorId actor, WorkOrder order)
    {
        var parts = new YieldList();
        node.Runner!.Run(order, parts);
        var time = _compute.Exponential(_options.WorkMean) * (_options.SlowWorkers.Contains(node.Name) ? _options.SlowFactor : 1);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            _events.Add(_events.Now + (time * ((i + 1.0) / (parts.Count + 1))), () => Yield(node, actor, order, part));
        }

        _events.Add(_events.Now + time, () => Give(
            node,
            actor,
            order.Cancelled.IsSet ? Input.WorkCancelled(_events.Now, order) : Input.WorkDone(_events.Now, order)));
    }

    private void Yield(SimulatedNode node, ActorId actor, WorkOrder order, int part)
    {
        if (!order.Cancelled.IsSet)
        {
            Give(node, actor, Input.WorkYielded(_events.Now, order, part));
        }
    }

    private void Store(SimulatedNode node, ActorId actor, DurableKey key, DurableItem item)
    {
        var disk = _disks[node.Name];
        var token = disk.BeginWrite(key, item);
        foreach (var tensor in item.Tensors)
        {
            tensor.Release();
        }

        var begin = node.DiskBusyUntil > _events.Now ? node.DiskBusyUntil : _events.Now;
        node.DiskBusyUntil = begin + _disk.Exponential(_options.StoreMean);
        _events.Add(node.DiskBusyUntil, () =>
        {
            if (node.IsAlive)
            {
                disk.EndWrite(token);
                Give(node, actor, Input.Stored(_events.Now, key, item));
            }
        });
    }

    private void Load(SimulatedNode node, ActorId actor, DurableKey key) =>
        _events.Add(_events.Now + _disk.Exponential(_options.StoreMean), () =>
        {
            if (node.IsAlive)
            {
                Give(node, actor, Input.Loaded(_events.Now, key, _disks[node.Name].Read(key, node.Pool)));
            }
        });

    private void SetTimer(SimulatedNode node, ActorId actor, TimerKind timer, TimeSpan delay)
    {
        var number = ++_nextTimer;
        node.Timers[(actor, timer)] = number;
        _events.Add(_events.Now + delay, () =>
        {
            if (node.Timers.GetValueOrDefault((actor, timer)) == number)
            {
                node.Timers.Remove((actor, timer));
                Give(node, actor, Input.TimerFired(_events.Now, timer));
            }
        });
    }

    private void Observe(Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<RunCompleted> completed:
                Complete(completed.Message);
                break;
            case Envelope<RunFailed> failed:
                _failure = failed.Message.Reason;
                break;
            case Envelope<GenerationOpened>:
                _generations++;
                break;
        }

        Observer?.Invoke(_events.Now, envelope);
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

    private sealed class YieldList : List<int>, IWorkSink
    {
        public void OnYielded(WorkOrder order, int part) => Add(part);
    }
}
