using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Says which frames from one node to another a fault hits. Frame n of them is hit or not whatever else happens: luck is keyed by the plan's
/// seed, the fault, the two nodes and n.
/// </summary>
public sealed class FrameLottery
{
    private readonly FrameChoice _choice;
    private readonly LuckKey _whether;
    private readonly LuckKey _where;
    private ulong _frame;
    private int _hits;

    /// <param name="plan">The plan.</param>
    /// <param name="fault">Place of the fault in it; one that hits frames.</param>
    /// <param name="from">Sender.</param>
    /// <param name="to">Receiver.</param>
    public FrameLottery(FaultPlan plan, int fault, ActorId from, ActorId to)
    {
        _choice = ((FrameFault)plan.Faults[fault]).Frames;
        var link = (CodeOf(from) << 16) | CodeOf(to);
        _whether = Luck.Key(plan.Seed, LuckPurpose.Faults, (uint)fault, link, Whether);
        _where = Luck.Key(plan.Seed, LuckPurpose.Faults, (uint)fault, link, Where);
    }

    private const uint Whether = 0;
    private const uint Where = 1;

    /// <summary>Frames that were hit.</summary>
    public int Hits => _hits;

    /// <summary>Whether the next frame is hit.</summary>
    public bool Draw()
    {
        var isHit = _hits < (_choice.Count ?? int.MaxValue) && _whether.Uniform(_frame) < _choice.Probability;
        _frame++;
        _hits += isHit ? 1 : 0;
        return isHit;
    }

    /// <summary>64 random bits for the frame drawn last, such as for which of its bytes is altered.</summary>
    public ulong Bits => _where.UInt64(_frame - 1);

    private static uint CodeOf(ActorId node) => ((uint)node.Role << 14) | ((uint)node.Index & 0x3FFF);
}
