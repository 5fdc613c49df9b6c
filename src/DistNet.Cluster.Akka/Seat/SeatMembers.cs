using Akka.Actor;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka;

/// <summary>The nodes that the coordinator has admitted, and the actors that speak for them. Many threads read, the coordinator's seat writes.</summary>
/// <param name="register">Who may come.</param>
/// <param name="time">The clock.</param>
internal sealed class SeatMembers(NodeRegister register, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ActorId, Entry> _byName = [];
    private readonly Dictionary<IActorRef, Entry> _byActor = [];

    /// <summary>Doors of all.</summary>
    public IReadOnlyList<string> Doors
    {
        get
        {
            lock (_lock)
            {
                return [.. _byName.Values.Select(entry => entry.Node.Card.Address)];
            }
        }
    }

    public string? ReasonToRefuse(in Hello hello)
    {
        lock (_lock)
        {
            return register.ReasonToRefuse(hello);
        }
    }

    /// <summary>
    /// Admits a node. One that says hello again because the answer was slow gets the same answer; another that it takes the place of is returned as
    /// replaced, with the actor that spoke for it.
    /// </summary>
    public (NodeLife Node, bool IsNew, (NodeLife Node, IActorRef Actor)? Replaced) Admit(in Hello hello, IActorRef actor)
    {
        lock (_lock)
        {
            if (_byActor.TryGetValue(actor, out var known))
            {
                return (known.Node, false, null);
            }

            var before = hello.Index >= 0 ? _byName.GetValueOrDefault(new ActorId(hello.Role, hello.Index)) : null;
            var (node, replaced) = register.Admit(hello);
            if (replaced is not null && before is not null)
            {
                _byActor.Remove(before.Actor);
            }

            var entry = new Entry(node, actor) { LastHeard = time.GetTimestamp() };
            _byName[node.Name] = entry;
            _byActor[actor] = entry;
            return (node, true, replaced is null || before is null ? null : (replaced, before.Actor));
        }
    }

    /// <summary>The node for which that actor speaks, which was heard now; null: none.</summary>
    public NodeLife? Heard(IActorRef actor)
    {
        lock (_lock)
        {
            if (!_byActor.TryGetValue(actor, out var entry))
            {
                return null;
            }

            entry.LastHeard = time.GetTimestamp();
            return entry.Node;
        }
    }

    public NodeLife? Of(IActorRef actor)
    {
        lock (_lock)
        {
            return _byActor.GetValueOrDefault(actor)?.Node;
        }
    }

    /// <summary>Nodes whose actor system was at that address.</summary>
    public IReadOnlyList<NodeLife> At(Address address)
    {
        lock (_lock)
        {
            return [.. _byActor.Where(pair => pair.Key.Path.Address.Equals(address)).Select(pair => pair.Value.Node)];
        }
    }

    public IActorRef? RefOf(ActorId node)
    {
        lock (_lock)
        {
            return _byName.GetValueOrDefault(node)?.Actor;
        }
    }

    public NodeLife? Find(ActorId node)
    {
        lock (_lock)
        {
            return _byName.GetValueOrDefault(node)?.Node;
        }
    }

    public TimeSpan? SinceHeard(ActorId node)
    {
        lock (_lock)
        {
            return _byName.TryGetValue(node, out var entry) ? time.GetElapsedTime(entry.LastHeard) : null;
        }
    }

    /// <summary>Those that were not heard for that long.</summary>
    public IReadOnlyList<NodeLife> SilentFor(TimeSpan limit)
    {
        lock (_lock)
        {
            return [.. _byName.Values.Where(entry => time.GetElapsedTime(entry.LastHeard) >= limit).Select(entry => entry.Node)];
        }
    }

    /// <summary>That life is over; the actor that spoke for it, or null where it was not here.</summary>
    public IActorRef? Remove(ActorId node, long life)
    {
        lock (_lock)
        {
            if (!register.Remove(node, life) || !_byName.Remove(node, out var entry))
            {
                return null;
            }

            _byActor.Remove(entry.Actor);
            return entry.Actor;
        }
    }

    /// <summary>The coordinator is elsewhere; what it admits is not known here.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            register.Clear();
            _byName.Clear();
            _byActor.Clear();
        }
    }

    private sealed class Entry(NodeLife node, IActorRef actor)
    {
        public NodeLife Node => node;

        public IActorRef Actor => actor;

        public required long LastHeard { get; set; }
    }
}
