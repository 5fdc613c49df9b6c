using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// One life of a machine: its actors, its memory, its timers. A killed life is dropped whole; what its actors held goes with
/// its pool. Only the disk stays.
/// </summary>
internal sealed class SimulatedNode : IDisposable
{
    private readonly Dictionary<ActorId, (IActor Actor, Outbox Outbox)> _actors = [];

    public SimulatedNode(NodeName name, long incarnation, IWorkRunner? runner)
    {
        Name = name;
        Incarnation = incarnation;
        Runner = runner;
    }

    public NodeName Name { get; }

    public long Incarnation { get; }

    public IWorkRunner? Runner { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Fresh leases always, so that every second release is found.</summary>
    public TensorPool Pool { get; } = new(recycle: false);

    /// <summary>The latest setting of each timer; a fired event with an older number is void.</summary>
    public Dictionary<(ActorId Actor, TimerKind Timer), long> Timers { get; } = [];

    /// <summary>Until when a peer's last coming or going is told, so that the next is told after it.</summary>
    public Dictionary<NodeName, TimeSpan> LastPeerNews { get; } = [];

    /// <summary>When the last store so far is durable.</summary>
    public TimeSpan DiskBusyUntil { get; set; }

    public IEnumerable<ActorId> Actors => _actors.Keys;

    public void Add(ActorId id, IActor actor) => _actors.Add(id, (actor, new Outbox(id, Incarnation)));

    public Outbox Handle(ActorId actor, in Input input)
    {
        var (handler, outbox) = _actors[actor];
        handler.Handle(input, outbox);
        return outbox;
    }

    public void Kill() => IsAlive = false;

    public void Dispose()
    {
        Pool.Dispose();
        Runner?.Dispose();
    }
}
