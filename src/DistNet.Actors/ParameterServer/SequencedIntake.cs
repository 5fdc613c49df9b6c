using System.Numerics.Tensors;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Gradients under a sequenced rule: each unit is held, whole, until the sequencer says which update it belongs to. What was not begun, or is
/// applied or dropped already, is refused.
/// </summary>
internal class SequencedIntake : GradientIntake
{
    private readonly Action<Outbox> _advanced;
    private readonly LaneUnits[] _lanes;
    private readonly ChunkWorks<ChunkUpdate<UnitSum>> _updates;
    private IReadOnlyList<ScaledUnit> _units = [];
    private Apply _applying;
    private int _updated;

    /// <param name="plan">The run.</param>
    /// <param name="phase">The rule in force.</param>
    /// <param name="partition">What is updated.</param>
    /// <param name="advanced">Called when the partition has its next version.</param>
    public SequencedIntake(RunPlan plan, RulePhase phase, PartitionState partition, Action<Outbox> advanced)
        : base(plan, phase)
    {
        _advanced = advanced;
        Partition = partition;
        Chunks = new OwnChunks(plan.Map, partition.Range.Index);
        _lanes = new LaneUnits[plan.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = new LaneUnits(Chunks.Count);
        }

        _updates = new(Chunks.Count, i => new(Arithmetic, i, Chunks[i], new UnitSum(plan, Arithmetic)));
    }

    protected PartitionState Partition { get; }

    protected OwnChunks Chunks { get; }

    /// <summary>The units of the update under way.</summary>
    protected IReadOnlyList<ScaledUnit> Units => _units;

    protected int Samples { get; private set; }

    public override void Begin(long generation, CompleteCut cut)
    {
        base.Begin(generation, cut);
        Array.ForEach(_lanes, static lane => lane.Clear());
    }

    public override void OnStart(in LaneStart start) => _lanes[start.Lane].Begin(start, Partition.Current);

    public override void OnPush(in Push push, Outbox outbox)
    {
        var position = Chunks.PositionOf(push.Chunk);
        var unit = position < 0 || push.Node.First >= _lanes.Length ? null : _lanes[push.Node.First].Find(push.Step, push.Dispatch);
        if (unit is null)
        {
            push.Gradient.Release();
        }
        else if (unit.Gradient.Add(position, push.Gradient) && unit.Gradient.IsComplete)
        {
            outbox.Send(ActorId.Sequencer, HeldOf(push));
        }
    }

    public override void OnApply(in Apply apply, Outbox outbox)
    {
        Take(apply.Units);
        Measure(apply, outbox);
        BeginUpdate(apply);
        var context = Arithmetic.Next(Partition.Log, Samples, steps: 1);
        for (var i = 0; i < Chunks.Count; i++)
        {
            var update = _updates.Rent(i);
            Hold(i, update.Source);
            update.Prepare(Partition.Target(Chunks[i]), 1, context);
            Carry(update, outbox);
        }
    }

    protected void Take(IReadOnlyList<ScaledUnit> units)
    {
        _units = units;
        Samples = 0;
        for (var i = 0; i < units.Count; i++)
        {
            Samples += units[i].Samples;
        }
    }

    /// <summary>The units taken are applied now, chunk by chunk.</summary>
    protected void BeginUpdate(in Apply apply)
    {
        _applying = apply;
        _updated = 0;
    }

    protected override void OnDone(ChunkWork work, Outbox outbox)
    {
        _updated++;
        if (_updated == Chunks.Count)
        {
            Commit(_applying);
            _advanced(outbox);
        }
    }

    protected override void Recycle(ChunkWork work) => _updates.Return((ChunkUpdate<UnitSum>)work);

    protected void Hold(int position, UnitSum sum)
    {
        sum.Begin(Partition.WeightsOf(Chunks[position]), Partition.MeanSquare(Chunks[position]));
        for (var i = 0; i < _units.Count; i++)
        {
            var unit = UnitOf(_units[i].Unit);
            sum.Add(_units[i], unit.Gradient.SliceOf(position), Partition.SliceOf(unit.Read, Chunks[position]));
        }

        sum.Complete(Samples, steps: 1);
    }

    /// <summary>The update is part of the partition.</summary>
    protected virtual void OnCommitted()
    {
    }

    /// <summary>How far the weights have moved since those of these units were read. To be asked before they are updated.</summary>
    protected void Measure(in Apply apply, Outbox outbox)
    {
        if (!apply.MeasuresDrift)
        {
            return;
        }

        var squares = 0.0;
        for (var i = 0; i < _units.Count; i++)
        {
            double distance = TensorPrimitives.Distance(Partition.Current.Span, UnitOf(_units[i].Unit).Read.Span);
            squares += distance * distance;
        }

        outbox.Send(ActorId.Coordinator, new Drift(Generation, Partition.Range.Index, apply.Version, squares / _units.Count));
    }

    private UnitInHand UnitOf(UnitId unit) => _lanes[unit.Lane].Find(unit.Step, unit.Dispatch)
        ?? throw new InvalidOperationException($"{unit} is to be applied, and is not here.");

    private void Commit(in Apply apply)
    {
        var log = Partition.Log;
        for (var i = 0; i < _units.Count; i++)
        {
            var (unit, samples, _) = _units[i];
            log = log.Add(apply.Version, unit.Lane, unit.Step, samples);
            _lanes[unit.Lane].Drop(unit.Step);
        }

        for (var i = 0; i < apply.Dropped.Count; i++)
        {
            _lanes[apply.Dropped[i].Lane].Drop(apply.Dropped[i].Step);
        }

        Partition.Commit(log);
        Partition.LetGoOfPrevious();
        OnCommitted();
    }

    private Held HeldOf(in Push push) => new(
        Generation,
        Partition.Range.Index,
        new UnitId(push.Node.First, push.Step, push.Dispatch),
        push.ReadVersion,
        push.Samples,
        push.Loss,
        null);
}
