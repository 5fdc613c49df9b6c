using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>The faults of a plan on a virtual clock: which of them go on, and what they mean for a message, a link or a worker.</summary>
internal sealed class SimulatedFaults(FaultPlan plan)
{
    private readonly FaultSchedule _schedule = new(plan);
    private readonly Dictionary<(int Place, NodeName From, NodeName To), FrameLottery?> _lotteries = [];
    private (int Place, Fault Fault)[] _active = [];
    private TimeSpan? _began;
    private long _version;

    public bool HasBegun => _began is not null;

    /// <summary>The run's first generation has opened.</summary>
    public void Begin(TimeSpan now) => _began = now;

    /// <summary>The run is that far; true when a fault begins at a version and it is worth a look.</summary>
    public bool Saw(long version)
    {
        _version = Math.Max(_version, version);
        return plan.Faults.Any(fault => fault.Start.Step is { } step && step <= _version);
    }

    /// <summary>Goes on to this moment; the faults that begin, by their places in the plan.</summary>
    public IReadOnlyList<int> Advance(TimeSpan now)
    {
        var time = now - _began!.Value;
        var beginning = _schedule.Advance(time, _version);
        _active = [.. plan.Faults.Select((fault, place) => (place, fault)).Where(pair => _schedule.IsActive(pair.place, time))];
        return beginning;
    }

    /// <summary>When a fault begins or ends next; null: none does by itself.</summary>
    public TimeSpan? NextAfter(TimeSpan now) => _began + _schedule.NextAfter(now - _began!.Value);

    public Fault this[int place] => plan.Faults[place];

    /// <summary>How many times as long a worker's work takes now.</summary>
    public double FactorOf(NodeName worker)
    {
        var factor = 1.0;
        foreach (var (_, fault) in _active)
        {
            factor *= fault is SlowFault slow && slow.Nodes.Contains(IdOf(worker)) ? slow.Factor : 1;
        }

        return factor;
    }

    /// <summary>Until when nothing passes between two nodes; null: it does.</summary>
    public TimeSpan? SeparatedUntil(NodeName one, NodeName other)
    {
        TimeSpan? until = null;
        foreach (var (place, fault) in _active)
        {
            if (fault is PartitionFault partition && partition.Separates(IdOf(one), IdOf(other)))
            {
                var end = _began!.Value + _schedule.Begun[place] + partition.For!.Value;
                until = until > end ? until : end;
            }
        }

        return until;
    }

    /// <summary>The fate of the next message from one node to another.</summary>
    public MessageFate FateOf(NodeName from, NodeName to)
    {
        var fate = default(MessageFate);
        foreach (var (place, fault) in _active)
        {
            fate = fault switch
            {
                DelayFault delay when delay.Concerns(IdOf(from), IdOf(to)) => fate with { By = fate.By + delay.By },
                FrameFault when LotteryOf(place, from, to) is { } lottery && lottery.Draw() => Hit(fate, fault, lottery.Bits),
                _ => fate,
            };
        }

        return fate;
    }

    private static MessageFate Hit(MessageFate fate, Fault fault, ulong bits) => fault switch
    {
        DropFault => fate with { IsDropped = true },
        CorruptFault => fate with { DamageBits = bits },
        _ => fate with { IsRepeated = true },
    };

    /// <summary>Null where the fault does not concern the two.</summary>
    private FrameLottery? LotteryOf(int place, NodeName from, NodeName to)
    {
        if (!_lotteries.TryGetValue((place, from, to), out var lottery))
        {
            var concerns = ((LinkFault)plan.Faults[place]).Concerns(IdOf(from), IdOf(to));
            _lotteries[(place, from, to)] = lottery = concerns ? new FrameLottery(plan, place, IdOf(from), IdOf(to)) : null;
        }

        return lottery;
    }

    private static ActorId IdOf(NodeName node) => new(node.Role, node.Index);
}
