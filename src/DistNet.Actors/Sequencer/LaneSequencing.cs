using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Sequenced rules: units are dispatched to lanes as the rule allows, and applied in the order the rule decides. A unit whose
/// worker died before every server held it is dispatched again, on the current version.
/// </summary>
internal sealed class LaneSequencing : Sequencing
{
    private readonly SequencedRule _rule;
    private readonly LaneState[] _lanes;
    private readonly List<LaneState> _held = [];
    private long _nextDispatch;
    private long _dispatchedUnits;
    private long _dispatchedSamples;

    public LaneSequencing(RunPlan plan)
        : base(plan)
    {
        _rule = (SequencedRule)plan.Rule;
        _lanes = new LaneState[plan.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = new LaneState(i, plan);
        }
    }

    public override IReadOnlyList<long> LaneClocks => Array.ConvertAll(_lanes, lane => lane.Clock);

    public override void Begin(long generation, CompleteCut cut)
    {
        base.Begin(generation, cut);
        _held.Clear();
        _nextDispatch = 0;
        _dispatchedUnits = cut.Units;
        _dispatchedSamples = cut.Samples;
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i].Begin(cut.LaneClocks?[i] ?? 0);
        }
    }

    public override Progress ProgressWith(double loss) => new(
        Generation, Version, Samples, loss, Plan.PlannedSamples ?? _dispatchedSamples, Redispatched, StalenessSum, Units, Horizon, IsDrained);

    public override void OnApplied(in Applied applied, Outbox outbox) =>
        throw new InvalidOperationException("Under a sequenced rule no server applies by itself.");

    public override void OnHeld(in Held held, Outbox outbox)
    {
        var lane = _lanes[held.Unit.Lane];
        if (!lane.OnHeld(held))
        {
            return;
        }

        _held.Add(lane);
        for (var count = _rule.UnitsToApply(_held.Count); count > 0; count = _rule.UnitsToApply(_held.Count))
        {
            ApplyOldest(count, outbox);
        }
    }

    protected override void OnPlaced(in Placement before, Outbox outbox)
    {
        var starts = new List<LaneStart>();
        foreach (var lane in _lanes)
        {
            if (lane.IsInFlight && !lane.IsHeld && !Placement.Has(lane.Host) && Placement.Workers.Count > 0)
            {
                Redispatched += lane.Samples;
                starts.Add(Dispatch(lane));
            }
        }

        StartIdle(starts);
        Command([], starts, outbox);
    }

    protected override void OnHorizon(Outbox outbox)
    {
        var starts = new List<LaneStart>();
        StartIdle(starts);
        Command([], starts, outbox);
    }

    private bool IsDrained => !Array.Exists(_lanes, lane => lane.IsInFlight) && !Array.Exists(_lanes, MayStart);

    private void ApplyOldest(int count, Outbox outbox)
    {
        var units = new ScaledUnit[count];
        var loss = 0.0;
        for (var i = 0; i < count; i++)
        {
            var lane = _held[i];
            units[i] = lane.Scaled;
            loss += lane.Loss;
            Samples += lane.Samples;
            StalenessSum += Version - lane.ReadVersion;
            lane.OnApplied();
        }

        _held.RemoveRange(0, count);
        Units += count;
        Version++;
        var starts = new List<LaneStart>(count);
        StartIdle(starts);
        Command(units, starts, outbox);
        outbox.Send(ActorId.Coordinator, ProgressWith(loss));
    }

    private void StartIdle(List<LaneStart> starts)
    {
        foreach (var lane in _lanes)
        {
            if (MayStart(lane) && Placement.Workers?.Count > 0)
            {
                _dispatchedUnits++;
                _dispatchedSamples += lane.Samples;
                starts.Add(Dispatch(lane));
            }
        }
    }

    private bool MayStart(LaneState lane) =>
        !lane.IsInFlight && lane.Clock < Plan.TotalBatches && _dispatchedUnits < Horizon && _rule.MayStart(lane.Clock, Version);

    private LaneStart Dispatch(LaneState lane) =>
        lane.Dispatch(_nextDispatch++, Placement.HostOf(lane.Lane, Plan.Lanes), Version);

    private void Command(IReadOnlyList<ScaledUnit> units, IReadOnlyList<LaneStart> starts, Outbox outbox)
    {
        if (units.Count > 0 || starts.Count > 0)
        {
            ToServers(new Apply(Generation, NextSequence(), Version, units, starts), outbox);
        }
    }
}
