using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// One life of a machine: its actors, its memory, its timers. A killed life is dropped whole; what its actors held goes with
/// its pool. Only the disk stays.
/// </summary>
internal sealed class SimulatedNode : IDisposable
{
    private readonly bool _ownsPool;
    private readonly (IActor Actor, Outbox Outbox)[] _actors;

    /// <param name="name">Which machine.</param>
    /// <param name="number">Its number among all machines.</param>
    /// <param name="incarnation">Which life.</param>
    /// <param name="runner">Computes for its worker; null: it has none. Disposed with this life.</param>
    /// <param name="shared">The memory of all nodes; null: this one has its own, whose every lease is fresh, so that every second release is found.</param>
    /// <param name="actors">Makes its actors on its memory.</param>
    public SimulatedNode(
        NodeName name, int number, long incarnation, IWorkRunner? runner, TensorPool? shared, Func<TensorPool, IReadOnlyList<(ActorId Id, IActor Actor)>> actors)
    {
        Name = name;
        Number = number;
        Incarnation = incarnation;
        Runner = runner;
        _ownsPool = shared is null;
        Pool = shared ?? new TensorPool(recycle: false);
        var made = actors(Pool);
        Actors = [.. made.Select(actor => actor.Id)];
        _actors = [.. made.Select(actor => (actor.Actor, new Outbox(actor.Id, incarnation)))];
        Timers = new TimerTable(_actors.Length);
    }

    public NodeName Name { get; }

    public int Number { get; }

    public long Incarnation { get; }

    public IWorkRunner? Runner { get; }

    public bool IsAlive { get; private set; } = true;

    public TensorPool Pool { get; }

    public ActorId[] Actors { get; }

    public TimerTable Timers { get; }

    /// <summary>The network work of the node's worker.</summary>
    public WorkInProgress Work { get; } = new();

    /// <summary>What its worker computes beside that.</summary>
    public WorkInProgress Beside { get; } = new();

    /// <summary>Until when a peer's last coming or going is told, so that the next is told after it.</summary>
    public Dictionary<NodeName, TimeSpan> LastPeerNews { get; } = [];

    /// <summary>Until when it stands still: what comes before waits until then.</summary>
    public TimeSpan PausedUntil { get; set; }

    /// <summary>When the last store so far is durable.</summary>
    public TimeSpan DiskBusyUntil { get; set; }

    public Outbox Handle(int actor, in Input input)
    {
        var (handler, outbox) = _actors[actor];
        handler.Handle(input, outbox);
        return outbox;
    }

    public void Kill() => IsAlive = false;

    public void Dispose()
    {
        Runner?.Dispose();
        if (_ownsPool)
        {
            Pool.Dispose();
        }
    }
}
