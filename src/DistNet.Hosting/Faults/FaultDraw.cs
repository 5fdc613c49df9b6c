using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Draws a plan. Everything in it is named outright and rounded to milliseconds, so that it reads back as it was drawn.</summary>
internal sealed class FaultDraw(ulong seed, IReadOnlyList<ActorId> nodes, TimeSpan duration, FaultDrawOptions options)
{
    /// <summary>A single fault takes at most this part of the time.</summary>
    private const double LongestPart = 0.25;

    private readonly ActorId[] _workers = [.. nodes.Where(node => node.Role == Role.Worker)];
    private LuckKey _luck;
    private ulong _draws;

    public FaultPlan Plan()
    {
        Begin(fault: 0);
        var count = options.Fewest + Below(options.Most - options.Fewest + 1);
        return new FaultPlan(seed, [.. Enumerable.Range(1, count).Select(Draw)]);
    }

    /// <summary>Each fault has luck of its own: one more changes none of the others.</summary>
    private void Begin(int fault)
    {
        _luck = Luck.Key(seed, LuckPurpose.Faults, (uint)fault, c: uint.MaxValue);
        _draws = 0;
    }

    private Fault Draw(int number)
    {
        Begin(number);
        var kind = options.Kinds[Below(options.Kinds.Length)];
        var length = Part(duration, LongestPart);
        var start = FaultStart.Time(Part(duration - length, 1));
        return kind switch
        {
            FaultKind.Kill => new KillFault(start, NodeSet.Of(One(nodes)), length),
            FaultKind.Tear => new TearFault(start, NodeSet.Of(One([.. nodes.Where(node => node.Role != Role.Worker)])), (TornItem)Below(2), length),
            FaultKind.Pause => new PauseFault(start, length, NodeSet.Of(One(nodes))),
            FaultKind.Slow => new SlowFault(start, length, NodeSet.Of(One(_workers)), 2 + Below(9)),
            _ => OnLink(kind, start, length),
        };
    }

    private LinkFault OnLink(FaultKind kind, FaultStart start, TimeSpan length)
    {
        var (from, to) = Pair();
        return kind switch
        {
            FaultKind.Delay => new DelayFault(start, length, from, to, Part(length, 0.1)),
            FaultKind.Partition => new PartitionFault(start, length, from, Below(2) == 0 ? to : NodeSet.All),
            FaultKind.Drop => new DropFault(start, length, from, to, Some()),
            FaultKind.Corrupt => new CorruptFault(start, length, from, to, Some()),
            _ => new DuplicateFault(start, length, from, to, new FrameChoice((1 + Below(100)) / 100.0, null)),
        };
    }

    /// <summary>Whatever breaks a connection does so a few times, not at every attempt.</summary>
    private FrameChoice Some() => new((1 + Below(100)) / 100.0, 1 + Below(3));

    /// <summary>Two that talk to each other: workers with servers, and everybody with the coordinator.</summary>
    private (NodeSet From, NodeSet To) Pair()
    {
        var one = One([.. nodes.Where(node => node.Role != Role.Coordinator)]);
        var other = One([.. nodes.Where(node => node.Role != one.Role)]);
        return Below(2) == 0 ? (NodeSet.Of(one), NodeSet.Of(other)) : (NodeSet.Of(other), NodeSet.Of(one));
    }

    private ActorId One(IReadOnlyList<ActorId> among) => among[Below(among.Count)];

    /// <summary>More than nothing and at most that part of a time, in whole milliseconds.</summary>
    private TimeSpan Part(TimeSpan whole, double part) => TimeSpan.FromMilliseconds(1 + Below(Math.Max(1, (int)(whole.TotalMilliseconds * part))));

    private int Below(int bound) => _luck.Below(_draws++, bound);
}
