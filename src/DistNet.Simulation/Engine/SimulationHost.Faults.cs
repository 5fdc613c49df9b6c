using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Simulation;

/// <summary>Brings the faults of a plan about. A fault never begins within a turn, which might be that of the node it kills.</summary>
public sealed partial class SimulationHost
{
    private readonly HashSet<(long Lower, long Higher)> _broken = [];
    private TimeSpan? _nextLook;
    private TimeSpan _lastPauseEnds;

    /// <summary>Called for every fault of the plan that begins, with its place in the plan.</summary>
    public Action<TimeSpan, int, Fault>? Faulted { get; set; }

    private bool IsOver => _summary is not null || _failure is not null;

    private void BeginFaults()
    {
        if (_plan is { HasBegun: false } plan)
        {
            plan.Begin(_events.Now);
            Call(_events.Now, LookAtFaults);
        }
    }

    private void OnVersion(long version)
    {
        if (_plan is { } plan && plan.Saw(version))
        {
            Call(_events.Now, LookAtFaults);
        }
    }

    private void LookAtFaults()
    {
        if (IsOver)
        {
            return;
        }

        foreach (var place in _plan!.Advance(_events.Now))
        {
            Faulted?.Invoke(_events.Now, place, _plan[place]);
            BringAbout(_plan[place]);
        }

        if (_plan.NextAfter(_events.Now) is { } next && !(_nextLook > _events.Now && _nextLook <= next))
        {
            _nextLook = next;
            Call(next, LookAtFaults);
        }
    }

    private void BringAbout(Fault fault)
    {
        switch (fault)
        {
            case KillFault kill:
                NodesIn(kill.Nodes).ForEach(node => Crash(node, kill.RestartAfter));
                break;
            case TearFault tear:
                NodesIn(tear.Nodes).ForEach(node => Tear(node, tear));
                break;
            case PauseFault pause:
                NodesIn(pause.Nodes).ForEach(node => Pause(node, pause.For!.Value));
                break;
            case PartitionFault partition:
                BreakAcross(partition);
                break;
        }
    }

    private List<SimulatedNode> NodesIn(NodeSet names) =>
        [.. _nodes.OfType<SimulatedNode>().Where(node => node.IsAlive && names.Contains(new ActorId(node.Name.Role, node.Name.Index)))];

    private void Tear(SimulatedNode node, TearFault tear)
    {
        Crash(node, tear.RestartAfter);
        _disks[node.Number].Tear(tear.Item);
    }

    /// <summary>A node that is silent for too long is given up, and has a new life when it stirs again. The coordinator is waited for.</summary>
    private void Pause(SimulatedNode node, TimeSpan length)
    {
        node.PausedUntil = Later(node.PausedUntil, _events.Now + length);
        _lastPauseEnds = Later(_lastPauseEnds, node.PausedUntil);
        if (length > _options.Silence && node.Name.Role != Role.Coordinator)
        {
            Call(_events.Now + _options.Silence, () => EndLife(node));
        }
    }

    private void BreakAcross(PartitionFault partition)
    {
        foreach (var one in NodesIn(partition.From))
        {
            foreach (var other in NodesIn(partition.To).Where(other => other.Name.Role != one.Name.Role))
            {
                Break(one, other);
            }
        }
    }

    /// <summary>
    /// Nothing passes between two lives any more. What one of them waits for would never come, so that one of them ends, as soon as it is noticed: the
    /// one that is easier to do without, as the director of a cluster decides.
    /// </summary>
    private void Break(SimulatedNode one, SimulatedNode other)
    {
        if (_broken.Add(LinkOf(one.Incarnation, other.Incarnation)))
        {
            var victim = other.Name.Role > one.Name.Role ? other : one;
            Call(_events.Now + _faults.Time(_options.Detection), () => EndLife(victim));
        }
    }

    /// <summary>A life is declared over although its machine goes on: it comes back on the disk that it had, as soon as the coordinator can be reached.</summary>
    private void EndLife(SimulatedNode node)
    {
        if (node.IsAlive)
        {
            Bury(node);
            _disks[node.Number].Crash(_tears, tearProbability: 0);
            Restart(node.Name, Later(_events.Now + _faults.Time(_options.Rejoin), node.PausedUntil));
        }
    }

    private void Restart(NodeName name, TimeSpan at) => Call(at, () =>
    {
        if (IsOver)
        {
            return;
        }

        if (_plan?.SeparatedUntil(name, NodeName.Coordinator) is { } until)
        {
            Restart(name, until);
            return;
        }

        Start(name);
    });

    private void SendDisturbed(SimulatedFaults plan, SimulatedNode from, SimulatedNode target, Envelope envelope)
    {
        if (_broken.Contains(LinkOf(from.Incarnation, target.Incarnation)))
        {
            return;
        }

        var fate = IsOver ? default : plan.FateOf(from.Name, target.Name);
        if (fate.DamageBits is { } bits)
        {
            FrameBytes.RefusalOf(envelope, bits, _wire);
        }

        if (fate.IsDropped || fate.DamageBits is not null || (!IsOver && plan.SeparatedUntil(from.Name, target.Name) is not null))
        {
            Break(from, target);
            return;
        }

        Transmit(from, target, envelope.CopyTo(_wire), fate.By);
        if (fate.IsRepeated || _lines.IsDuplicated(from.Number))
        {
            Transmit(from, target, envelope.CopyTo(_wire), fate.By);
        }
    }

    private bool IsLost(SimulatedNode target, Envelope envelope) =>
        _broken.Count > 0 && _broken.Contains(LinkOf(envelope.FromIncarnation, target.Incarnation));

    private static (long Lower, long Higher) LinkOf(long one, long other) => (Math.Min(one, other), Math.Max(one, other));

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
