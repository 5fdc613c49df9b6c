using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Gradients under a sequenced rule: each lane's unit is held, whole, until the sequencer says which update it belongs to. Of a lane's
/// dispatches only the latest is kept; what was applied already is refused.
/// </summary>
internal sealed class SequencedIntake : GradientIntake
{
    private readonly Action<Outbox> _advanced;
    private readonly PartitionState _partition;
    private readonly OwnChunks _chunks;
    private readonly LaneUnit[] _lanes;
    private readonly PartitionNorm? _norm;
    private readonly ChunkWorks<ChunkUpdate<UnitMean>> _updates;
    private Apply _applying;
    private int _updated;

    public SequencedIntake(RunPlan plan, PartitionState partition, TensorPool pool, Action<Outbox> advanced)
        : base(plan)
    {
        _advanced = advanced;
        _partition = partition;
        _chunks = new OwnChunks(plan.Map, partition.Range.Index);
        _norm = plan.Clipping.Norm is null ? null : new PartitionNorm(plan.Map, partition.Range, pool);
        _lanes = new LaneUnit[plan.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = new LaneUnit(new CompleteGradient(_chunks.Count));
        }

        _updates = new(_chunks.Count, i => new(plan, partition.Optimizer, i, _chunks[i], new UnitMean()));
    }

    public override void Begin(long generation, CompleteCut cut)
    {
        base.Begin(generation, cut);
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i].Begin(cut.LaneClocks?[i] ?? 0);
        }
    }

    public override void OnPush(in Push push, Outbox outbox)
    {
        var position = _chunks.PositionOf(push.Chunk);
        var lane = _lanes[push.Node.First];
        if (position < 0 || !lane.Accepts(push.Step, push.Dispatch))
        {
            push.Gradient.Release();
            return;
        }

        if (!lane.Gradient.Add(position, push.Gradient))
        {
            return;
        }

        var gradient = lane.Gradient[position];
        GradientPreparation.BeforeNorm(gradient, gradient, Plan.DivisorOf(push.Samples), Plan.Clipping);
        if (lane.Gradient.IsComplete)
        {
            outbox.Send(ActorId.Sequencer, HeldOf(push, lane));
        }
    }

    public override void OnApply(in Apply apply, Outbox outbox)
    {
        _applying = apply;
        _updated = 0;
        var samples = 0;
        for (var i = 0; i < apply.Units.Count; i++)
        {
            samples += apply.Units[i].Samples;
        }

        for (var i = 0; i < _chunks.Count; i++)
        {
            var update = _updates.Rent(i);
            Hold(apply.Units, i, update.Source);
            update.Prepare(_partition.Target(_chunks[i]), apply.Units.Count == 1 ? apply.Units[0].Scale : 1, _partition.NextUpdate(samples));
            Carry(update, outbox);
        }
    }

    protected override void OnDone(ChunkWork work, Outbox outbox)
    {
        _updated++;
        if (_updated == _chunks.Count)
        {
            Commit(_applying);
            _advanced(outbox);
        }
    }

    protected override void Recycle(ChunkWork work) => _updates.Return((ChunkUpdate<UnitMean>)work);

    private void Hold(IReadOnlyList<ScaledUnit> units, int chunk, UnitMean mean)
    {
        for (var i = 0; i < units.Count; i++)
        {
            mean.Hold(_lanes[units[i].Unit.Lane].Gradient.SliceOf(chunk), units[i].Scale);
        }
    }

    private void Commit(in Apply apply)
    {
        var log = _partition.Log;
        for (var i = 0; i < apply.Units.Count; i++)
        {
            var (unit, samples, _) = apply.Units[i];
            log = log.Add(apply.Version, unit.Lane, unit.Step, samples);
            _lanes[unit.Lane].Begin(unit.Step + 1);
        }

        _partition.Commit(log);
        _partition.LetGoOfPrevious();
    }

    private Held HeldOf(in Push push, LaneUnit lane) => new(
        Generation,
        _partition.Range.Index,
        new UnitId(push.Node.First, push.Step, push.Dispatch),
        push.ReadVersion,
        push.Samples,
        push.Loss,
        _norm?.Of(lane.Gradient, _chunks));
}

/// <summary>The one unit of a lane that may be in hand.</summary>
internal sealed class LaneUnit(CompleteGradient gradient)
{
    private long _nextStep;
    private long _step = -1;
    private long _dispatch = -1;

    public CompleteGradient Gradient => gradient;

    /// <summary>True when the unit is in hand or replaces the one in hand.</summary>
    public bool Accepts(long step, long dispatch)
    {
        if (step < _nextStep || step < _step || dispatch < _dispatch)
        {
            return false;
        }

        if (step != _step || dispatch != _dispatch)
        {
            gradient.Release();
            _step = step;
            _dispatch = dispatch;
        }

        return true;
    }

    /// <summary>Nothing in hand; units before this step are not wanted.</summary>
    public void Begin(long nextStep)
    {
        gradient.Release();
        _nextStep = nextStep;
        _step = -1;
        _dispatch = -1;
    }
}
