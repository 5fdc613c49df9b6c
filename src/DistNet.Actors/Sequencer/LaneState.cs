using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>One lane under a sequenced rule: its stream of units and the dispatch in flight.</summary>
internal sealed class LaneState(int lane, RunPlan plan)
{
    private readonly bool[] _heldBy = new bool[plan.Map.Partitions.Length];
    private readonly NormFold? _norm = plan.Clipping.Norm is null ? null : new NormFold(plan);
    private double _loss;

    public int Lane => lane;

    /// <summary>The lane's next global batch that has not been applied.</summary>
    public long Clock { get; private set; }

    public bool IsInFlight => InFlight is not null;

    /// <summary>The dispatch that counts; earlier ones of this unit are refused.</summary>
    public LaneStart? InFlight { get; private set; }

    public WorkerLife Host { get; private set; }

    public long ReadVersion { get; private set; }

    public bool IsHeld => Array.TrueForAll(_heldBy, held => held);

    public double Loss => _loss;

    public int Samples => plan.SamplesOf(Clock, TreeNode.Leaf(lane));

    public ScaledUnit Scaled => new(
        new UnitId(lane, Clock, InFlight!.Value.Dispatch), Samples, _norm?.ClipFactor ?? 1);

    public void Begin(long clock)
    {
        Clock = clock;
        InFlight = null;
        SkipEmpty();
    }

    public LaneStart Dispatch(long dispatch, WorkerLife host, long version)
    {
        Array.Clear(_heldBy);
        _norm?.Clear();
        Host = host;
        ReadVersion = version;
        InFlight = new LaneStart(lane, Clock, dispatch, host.Index);
        return InFlight.Value;
    }

    /// <summary>True when this report made the unit held by every server.</summary>
    public bool OnHeld(in Held held)
    {
        if (InFlight is not { } start || held.Unit.Step != start.Step || held.Unit.Dispatch != start.Dispatch || _heldBy[held.Partition])
        {
            return false;
        }

        _heldBy[held.Partition] = true;
        _norm?.Add(held.SquaredNorms!);
        _loss = held.Partition == 0 ? held.Loss : _loss;
        return IsHeld;
    }

    public void OnApplied()
    {
        InFlight = null;
        Clock++;
        SkipEmpty();
    }

    /// <summary>
    /// A batch with fewer rows than lanes leaves this lane without some; such a unit does not exist. A lane that has none in a whole epoch
    /// never has one, and is done.
    /// </summary>
    private void SkipEmpty()
    {
        for (var skipped = 0; Clock < plan.TotalBatches && Samples == 0; skipped++)
        {
            Clock = skipped < plan.Schedule.StepsPerEpoch ? Clock + 1 : plan.TotalBatches;
        }
    }
}
