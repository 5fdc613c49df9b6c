using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// A barrier rule with a norm to be clipped: the sums of a step are kept until the sequencer, who hears of every partition's share of the
/// norm, says what to multiply them with.
/// </summary>
internal sealed class NormedBarrierIntake : BarrierIntake
{
    private readonly CompleteGradient _gradient;
    private readonly PartitionNorm _norm;
    private readonly ChunkWorks<ChunkSum> _sums;
    private readonly ChunkWorks<ChunkUpdate<HeldGradient>> _updates;

    public NormedBarrierIntake(RunPlan plan, PartitionState partition, TensorPool pool, Action<Outbox> advanced)
        : base(plan, partition, advanced)
    {
        _gradient = new CompleteGradient(Chunks.Count);
        _norm = new PartitionNorm(plan.Map, partition.Range, pool);
        _sums = new(Chunks.Count, i => new(i, Chunks[i], new LaneSum(plan)));
        _updates = new(Chunks.Count, i => new(plan, partition.Optimizer, i, Chunks[i], new HeldGradient()));
    }

    public override void OnApply(in Apply apply, Outbox outbox)
    {
        var unit = apply.Units[0];
        for (var i = 0; i < Chunks.Count; i++)
        {
            var update = _updates.Rent(i);
            update.Source.Hold(_gradient.SliceOf(i));
            update.Prepare(Partition.Target(Chunks[i]), unit.Scale, Partition.NextUpdate(unit.Samples));
            Carry(update, outbox);
        }
    }

    protected override void OnComplete(int position, GradientParts parts, Outbox outbox)
    {
        var sum = _sums.Rent(position);
        Take(parts, position, sum.Source);
        Carry(sum, outbox);
    }

    protected override void OnDone(ChunkWork work, Outbox outbox)
    {
        if (work is not ChunkSum sum)
        {
            base.OnDone(work, outbox);
            return;
        }

        sum.Source.Target.Retain();
        _gradient.Add(sum.Position, sum.Source.Target);
        if (_gradient.IsComplete)
        {
            outbox.Send(ActorId.Sequencer, HeldOf(Partition.Version));
        }
    }

    protected override void Recycle(ChunkWork work)
    {
        if (work is ChunkSum sum)
        {
            _sums.Return(sum);
        }
        else
        {
            _updates.Return((ChunkUpdate<HeldGradient>)work);
        }
    }

    protected override void BeginStep()
    {
        base.BeginStep();
        _gradient.Release();
    }

    private Held HeldOf(long version) => new(
        Generation, Partition.Range.Index, new UnitId(-1, version, 0), version, Samples, Loss, _norm.Of(_gradient, Chunks));
}
