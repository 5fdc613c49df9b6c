using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>Decides what becomes of frames, and says so: each time that a connection breaks of it, else once for each link. Not for many threads.</summary>
/// <param name="plan">Of the whole cluster.</param>
/// <param name="log">Hears of what happens.</param>
internal sealed class FrameFates(FaultPlan plan, ILogger log)
{
    private readonly Dictionary<(int Place, ActorId From, ActorId To), FrameLottery> _lotteries = [];
    private readonly HashSet<(int Place, ActorId To)> _told = [];

    /// <summary>Another run.</summary>
    public void Clear()
    {
        _lotteries.Clear();
        _told.Clear();
    }

    /// <summary>The fate of the next frame from one node to another.</summary>
    /// <param name="active">The faults that go on.</param>
    /// <param name="from">Sender.</param>
    /// <param name="to">Receiver.</param>
    /// <param name="bytes">Length of the frame.</param>
    public FrameFate Next(IEnumerable<(int Place, LinkFault Fault)> active, ActorId from, ActorId to, int bytes)
    {
        var fate = FrameFate.Untouched;
        foreach (var (place, fault) in active.Where(active => active.Fault.Concerns(from, to)))
        {
            fate = fault switch
            {
                DelayFault delay => Delayed(fate, place, delay.By, to, bytes),
                FrameFault when LotteryOf(place, from, to) is var lottery && lottery.Draw() => Hit(fate, place, fault, lottery.Bits, to, bytes),
                _ => fate,
            };
        }

        return fate;
    }

    private FrameLottery LotteryOf(int place, ActorId from, ActorId to)
    {
        if (!_lotteries.TryGetValue((place, from, to), out var lottery))
        {
            _lotteries[(place, from, to)] = lottery = new FrameLottery(plan, place, from, to);
        }

        return lottery;
    }

    private FrameFate Delayed(FrameFate fate, int place, TimeSpan by, ActorId to, int bytes)
    {
        if (_told.Add((place, to)))
        {
            log.FrameDelayed(place, bytes, to);
        }

        return fate with { By = fate.By + by };
    }

    private FrameFate Hit(FrameFate fate, int place, LinkFault fault, ulong bits, ActorId to, int bytes)
    {
        switch (fault)
        {
            case DropFault:
                log.FrameDropped(place, to);
                return fate with { IsDropped = true };
            case CorruptFault:
                var index = FrameBytes.ByteToDamage(bits, bytes);
                log.FrameDamaged(place, index, bytes, to);
                return fate with { DamagedByte = index };
            default:
                if (_told.Add((place, to)))
                {
                    log.FrameRepeated(place, bytes, to);
                }

                return fate with { IsRepeated = true };
        }
    }
}
