using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>One lane under a sequenced rule: its stream of units, and the dispatch that is being computed.</summary>
internal sealed class LaneState(int lane, RunPlan plan)
{
    private readonly bool[] _heldBy = new bool[plan.Map.Partitions.Length];
    private SequencedRule _rule = new AsynchronousRule();
    private long _firstStep;
    private double _loss;
    private long _ownStart;

    public int Lane => lane;

    /// <summary>The global batch of the next unit to be dispatched.</summary>
    public long Step { get; private set; }

    /// <summary>The dispatch that counts; earlier ones of this unit are refused.</summary>
    public LaneStart? InFlight { get; private set; }

    public bool IsInFlight => InFlight is not null;

    public WorkerLife Host { get; private set; }

    public long ReadVersion { get; private set; }

    /// <summary>Units that servers hold and that are not applied yet.</summary>
    public int Held { get; set; }

    public bool IsExhausted => Step >= plan.TotalBatches;

    /// <summary>Samples of the unit in flight, or of the next.</summary>
    public int Samples => plan.SamplesOf(InFlight?.Step ?? Step, TreeNode.Leaf(lane));

    /// <param name="step">The batch to go on with.</param>
    /// <param name="rule">The rule in force.</param>
    /// <param name="firstStep">The batch it began with.</param>
    public void Begin(long step, SequencedRule rule, long firstStep)
    {
        (_rule, _firstStep) = (rule, firstStep);
        Step = step;
        InFlight = null;
        Held = 0;
        Host = default;
        SkipEmpty();
    }

    /// <summary>The unit in flight again, or the next one.</summary>
    /// <param name="dispatch">Number of the dispatch.</param>
    /// <param name="host">Who computes it.</param>
    /// <param name="version">Version it begins on.</param>
    /// <param name="firstOwn">The first step of the lane that this version does not contain.</param>
    public LaneStart Dispatch(long dispatch, WorkerLife host, long version, long firstOwn)
    {
        var step = InFlight?.Step ?? Step;
        if (InFlight is null)
        {
            Step++;
            SkipEmpty();
        }

        // What the lane has of its own lies in its worker's memory.
        _ownStart = host == Host ? _ownStart : step;
        Array.Clear(_heldBy);
        Host = host;
        ReadVersion = version;
        var ownFrom = _rule.OwnFrom(lane, step - _firstStep, Math.Clamp(firstOwn, _ownStart, step));
        InFlight = new LaneStart(lane, step, dispatch, host, ownFrom);
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
        _loss = held.Partition == 0 ? held.Loss : _loss;
        return Array.TrueForAll(_heldBy, static isHeld => isHeld);
    }

    /// <summary>The unit is held by every server: the lane is idle.</summary>
    public HeldUnit TakeHeld()
    {
        var unit = new HeldUnit(InFlight!.Value, ReadVersion, Samples, _loss);
        InFlight = null;
        Held++;
        return unit;
    }

    /// <summary>The unit in flight is not wanted any more.</summary>
    public LaneStart TakeDropped()
    {
        var start = InFlight!.Value;
        InFlight = null;
        return start;
    }

    /// <summary>Goes on to a later batch.</summary>
    /// <returns>What was left out.</returns>
    public DropCount SkipTo(long step)
    {
        var skipped = default(DropCount);
        for (; Step < step; Step++)
        {
            skipped = Samples > 0 ? skipped.Add(Samples) : skipped;
        }

        SkipEmpty();
        return skipped;
    }

    /// <summary>
    /// A batch with fewer rows than lanes leaves this lane without some; such a unit does not exist. A lane that has none in a whole epoch
    /// never has one, and is done.
    /// </summary>
    private void SkipEmpty()
    {
        var next = _rule.NextStep(lane, Step - _firstStep);
        Step = next >= plan.TotalBatches - _firstStep ? plan.TotalBatches : _firstStep + next;
        for (var skipped = 0; Step < plan.TotalBatches && plan.SamplesOf(Step, TreeNode.Leaf(lane)) == 0; skipped++)
        {
            Step = skipped < plan.Schedule.StepsPerEpoch ? Step + 1 : plan.TotalBatches;
        }
    }
}

/// <summary>A unit that every server holds.</summary>
internal readonly record struct HeldUnit(LaneStart Start, long ReadVersion, int Samples, double Loss)
{
    public UnitId Id => new(Start.Lane, Start.Step, Start.Dispatch);
}
