using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Sequenced rules: units are dispatched to lanes as the rule allows, and applied in the order the rule decides. A unit whose
/// worker died before every server held it is dispatched again, on the current version.
/// </summary>
internal sealed class LaneSequencing : Sequencing
{
    private readonly LaneState[] _lanes;
    private readonly IdleLanes _idle = new();
    private readonly HeldUnits _held;
    private readonly List<UnitId> _dropped = [];
    private readonly List<LaneStart> _starts = [];
    private UpdateInSum? _sum;
    private SequencedRule _rule = new AsynchronousRule();
    private Checkpoint? _asked;
    private long _nextDispatch;
    private long _pendingSamples;
    private long _begun;
    private int _inFlight;
    private int _lastLane;

    public LaneSequencing(RunPlan plan, UpdateLog log)
        : base(plan, log)
    {
        _held = new HeldUnits(IsDue);
        _lanes = new LaneState[plan.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = new LaneState(i, plan);
        }
    }

    public override IReadOnlyList<long> LaneClocks => Array.ConvertAll(_lanes, NextToApply);

    protected override bool IsAtEnd => Plan.EndVersion is { } end
        ? Version >= end
        : _inFlight == 0 && _held.Count == 0 && !IsSumming && Array.TrueForAll(_lanes, static lane => lane.IsExhausted);

    protected override bool IsDrained => _inFlight == 0 && !IsSumming && !IsUpdateComplete && !MayAnyStart(Horizon);

    protected override long Planned => Plan.PlannedSamples ?? (Samples + Dropped.Samples + _pendingSamples);

    protected override int LastLane => _lastLane;

    public override void Begin(long generation, CompleteCut cut)
    {
        base.Begin(generation, cut);
        _rule = (SequencedRule)Plan.Rules[Phase.Number];
        _held.Clear();
        _sum = Plan.ClipsNorm(Phase) ? new UpdateInSum(Plan) : null;
        _idle.Clear();
        _asked = null;
        (_nextDispatch, _pendingSamples, _begun, _inFlight, _lastLane) = (0, 0, 0, 0, -1);
        foreach (var lane in _lanes)
        {
            lane.Begin(cut.LaneClocks?[lane.Lane] ?? Phase.FirstStep, _rule, Phase.FirstStep);
            _idle.Add(lane);
        }
    }

    public override void OnApplied(in Applied applied, Outbox outbox) =>
        throw new InvalidOperationException("Under a sequenced rule no server applies by itself.");

    public override void OnHeld(in Held held, Outbox outbox)
    {
        if (held.Unit.Lane < 0)
        {
            OnSummed(held, outbox);
        }
        else if (_lanes[held.Unit.Lane].OnHeld(held))
        {
            var version = Version;
            Hold(_lanes[held.Unit.Lane]);
            Advance(outbox);
            if (Version == version)
            {
                // The last one out may wait for others that will not begin: no update follows that would say so.
                TellIfDrained(outbox);
            }
        }
    }

    /// <summary>What is marked must be an update with all its units, so one that is being summed is waited for.</summary>
    public override void Mark(in Checkpoint request, Outbox outbox)
    {
        if (IsSumming)
        {
            _asked = request;
        }
        else
        {
            base.Mark(request, outbox);
        }
    }

    protected override void OnPlaced(in Placement before, Outbox outbox)
    {
        foreach (var lane in _lanes)
        {
            if (lane.IsInFlight && !Placement.Has(lane.Host) && Placement.Workers.Count > 0)
            {
                Redispatched += lane.Samples;
                _starts.Add(Dispatch(lane));
            }
        }

        StartIdle();
        Command([], outbox);
    }

    protected override void OnHorizon(Outbox outbox) => Advance(outbox);

    private bool IsSumming => _sum is { IsOpen: true };

    /// <summary>The lane's first unit that is in no update yet.</summary>
    private long NextToApply(LaneState lane)
    {
        for (var i = 0; lane.Held > 0 && i < _held.Count; i++)
        {
            if (_held[i].Start.Lane == lane.Lane)
            {
                return _held[i].Start.Step;
            }
        }

        return lane.InFlight?.Step ?? lane.Step;
    }

    private void Hold(LaneState lane)
    {
        var unit = lane.TakeHeld();
        _lastLane = lane.Lane;
        _inFlight--;
        _held.Add(unit);
        _idle.Add(lane);
    }

    /// <summary>Whatever can be applied now, and whatever may begin then.</summary>
    private void Advance(Outbox outbox)
    {
        if (IsSumming)
        {
            return;
        }

        while (IsUpdateComplete)
        {
            var units = _held.Take(UnitsNeeded);
            DropWhatIsLeft(Version + 1);
            if (_sum is not null)
            {
                ToServers(new Apply(Generation, NextSequence(), Version, Scaled(units), [], [], MeasuresDrift: false), outbox);
                _sum.Open(units);
                return;
            }

            Apply(units, Scaled(units), outbox);
        }

        StartIdle();
        Command([], outbox);
    }

    /// <summary>The norm of the update's gradient is known when every partition has told its share.</summary>
    private void OnSummed(in Held held, Outbox outbox)
    {
        if (IsSumming && held.Unit.Step == Version && _sum!.Add(held))
        {
            var factor = new ScaledUnit(new UnitId(-1, Version, 0), held.Samples, _sum.ClipFactor);
            Apply(_sum.Take(), [factor], outbox);
            MarkWhatWasAsked(outbox);
            Advance(outbox);
        }
    }

    private void MarkWhatWasAsked(Outbox outbox)
    {
        if (_asked is { } request)
        {
            _asked = null;
            base.Mark(request, outbox);
        }
    }

    /// <summary>No more units will come for this update, however many workers there are: lanes have come to the end of their streams.</summary>
    private bool IsStuck => _inFlight == 0 && !MayAnyStart(long.MaxValue);

    private bool IsUpdateComplete => _held.Due > 0 && !_rule.MustWait(Version - Phase.FirstVersion, _begun) && (_held.Due >= UnitsNeeded || IsStuck);

    private int UnitsNeeded => _rule.UnitsAfter(
        Version - Phase.FirstVersion, _rule.UpdatesAreSteps ? Plan.NonEmptyLanes(StepOf(Version)) : Plan.Lanes);

    private bool IsDue(HeldUnit unit) => _rule.IsDue(unit.Start.Lane, unit.Start.Step - Phase.FirstStep, Version - Phase.FirstVersion);

    private ScaledUnit[] Scaled(HeldUnit[] units)
    {
        var scaled = new ScaledUnit[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            scaled[i] = new ScaledUnit(units[i].Id, units[i].Samples, Plan.Correction.ScaleOf(Version - units[i].ReadVersion));
        }

        return scaled;
    }

    private void Apply(HeldUnit[] units, ScaledUnit[] command, Outbox outbox)
    {
        foreach (var unit in units)
        {
            _lanes[unit.Start.Lane].Held--;
            _pendingSamples -= unit.Samples;
            Count(unit.Samples, Version - unit.ReadVersion);
        }

        Version++;
        _begun = 0;
        Log.Add(Version, units, Plan.Correction, outbox);
        _held.Reconsider();
        StartIdle();
        Command(command, outbox);
        TellProgress(LossFold.Of(units, Plan.Tree.Root), StalenessOf(units), outbox);
    }

    /// <summary>Null: all 0.</summary>
    private long[]? StalenessOf(HeldUnit[] units)
    {
        long[]? staleness = null;
        for (var i = 0; i < units.Length; i++)
        {
            if (Version - 1 > units[i].ReadVersion)
            {
                staleness ??= new long[units.Length];
                staleness[i] = Version - 1 - units[i].ReadVersion;
            }
        }

        return staleness;
    }

    /// <summary>The units of an update are chosen: what the rule cancels now, and at the end of the rule whatever is out.</summary>
    private void DropWhatIsLeft(long version)
    {
        if (version == Plan.LastVersion(Phase))
        {
            DropHeld();
            Dropped = Dropped with { Unused = Dropped.Unused + DropInFlight() };
        }
        else if (_rule.CancelsTheRest)
        {
            Dropped = Dropped with { Late = Dropped.Late + DropInFlight() };
        }

        for (var i = 0; _rule is { CancelsTheRest: true, UpdatesAreSteps: true } && i < _lanes.Length; i++)
        {
            var missed = _lanes[i].SkipTo(Math.Min(StepOf(version), Plan.TotalBatches));
            Dropped = Dropped with { Late = Dropped.Late + missed };
        }
    }

    private DropCount DropInFlight()
    {
        var count = default(DropCount);
        foreach (var lane in _lanes)
        {
            if (lane.IsInFlight)
            {
                count = count.Add(lane.Samples);
                _pendingSamples -= lane.Samples;
                _dropped.Add(IdOf(lane.TakeDropped()));
                _idle.Add(lane);
                _inFlight--;
            }
        }

        return count;
    }

    private void DropHeld()
    {
        for (var i = 0; i < _held.Count; i++)
        {
            _pendingSamples -= _held[i].Samples;
            _lanes[_held[i].Start.Lane].Held--;
            _dropped.Add(_held[i].Id);
            Dropped = Dropped with { Unused = Dropped.Unused.Add(_held[i].Samples) };
        }

        _held.Clear();
    }

    private void StartIdle()
    {
        if (!(Placement.Workers?.Count > 0) || IsSumming)
        {
            return;
        }

        for (var i = 0; i < _idle.Lanes.Count;)
        {
            var lane = _idle.Lanes[i];
            if (MayStart(lane, Horizon))
            {
                _idle.RemoveAt(i);
                _inFlight++;
                _begun++;
                _pendingSamples += lane.Samples;
                _starts.Add(Dispatch(lane));
            }
            else
            {
                i++;
            }
        }
    }

    private bool MayAnyStart(long horizon)
    {
        for (var i = 0; i < _idle.Lanes.Count; i++)
        {
            if (MayStart(_idle.Lanes[i], horizon))
            {
                return true;
            }
        }

        return false;
    }

    private bool MayStart(LaneState lane, long horizon) => !lane.IsExhausted && _rule.MayStart(
        new LaneStanding(lane.Lane, lane.Step - Phase.FirstStep, lane.Held),
        new RunStanding(Version - Phase.FirstVersion, horizon - Phase.FirstVersion, _inFlight + _held.Count, Plan.Lanes));

    private LaneStart Dispatch(LaneState lane) =>
        lane.Dispatch(_nextDispatch++, HostOf(lane), Version, FirstOwn);

    private WorkerLife HostOf(LaneState lane) =>
        _rule.KeepsHosts && Placement.Has(lane.Host) ? lane.Host : Placement.HostOf(lane.Lane, Plan.Lanes);

    /// <summary>The first of a lane's own steps that the current version does not contain.</summary>
    private long FirstOwn => _rule.LaneWeights == LaneWeightsKind.OwnSteps ? StepOf(Version) : 0;

    private long StepOf(long version) => Phase.FirstStep + version - Phase.FirstVersion;

    private static UnitId IdOf(LaneStart start) => new(start.Lane, start.Step, start.Dispatch);

    private void Command(ScaledUnit[] units, Outbox outbox)
    {
        if (units.Length > 0 || _starts.Count > 0)
        {
            var measures = units.Length > 0 && DriftPolicy.Measures(Version);
            ToServers(new Apply(Generation, NextSequence(), Version, units, Take(_dropped), Take(_starts), measures), outbox);
        }
    }

    private static T[] Take<T>(List<T> list)
    {
        T[] taken = [.. list];
        list.Clear();
        return taken;
    }
}
