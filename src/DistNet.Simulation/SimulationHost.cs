using DistNet.Hosting;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// Runs the real actors of a cluster on one thread and a virtual clock, over a network that delays, reorders and duplicates, on nodes
/// that are killed and come back, with disks that tear. Gradients are computed by the blueprint's runner at once; only their time is simulated.
/// </summary>
public sealed partial class SimulationHost : IDisposable
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
            var record = actor.Role is Role.Coordinator or Role.Server ? _disks[name].Read(DurableKey.Record, node.Pool) : null;
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
        if (_faults.Chance(_options.LoseDiskProbability))
        {
            _disks[kill.Node].Dispose();
            _disks[kill.Node] = new SimulatedDisk();
        }
        else if (_faults.Chance(_options.SpoilProbability))
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
}
