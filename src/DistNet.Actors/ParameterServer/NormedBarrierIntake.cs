using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// A barrier rule with a norm to be clipped: the sums of an update are kept until the sequencer says what to multiply them with.
/// </summary>
internal sealed class NormedBarrierIntake : BarrierIntake
{
    private readonly SummedUpdate _summed;
    private readonly ChunkWorks<ChunkSum<LaneSum>> _sums;

    public NormedBarrierIntake(RunPlan plan, RulePhase phase, PartitionState partition, TensorPool pool, Action<Outbox> advanced)
        : base(plan, phase, partition, advanced)
    {
        _summed = new SummedUpdate(plan, partition, Chunks, Arithmetic, pool);
        _sums = new(Chunks.Count, i => new(i, Chunks[i], new LaneSum(plan, Arithmetic)));
    }

    public override void OnApply(in Apply apply, Outbox outbox)
    {
        var context = Arithmetic.Next(Partition.Log, apply.Units[0].Samples, Steps.Count);
        for (var i = 0; i < Chunks.Count; i++)
        {
            Carry(_summed.UpdateOf(i, apply.Units[0].Scale, context), outbox);
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
        if (work is not ChunkSum<LaneSum> sum)
        {
            base.OnDone(work, outbox);
        }
        else if (_summed.Add(sum.Position, sum.Source.Target))
        {
            outbox.Send(ActorId.Sequencer, HeldOf(Partition.Version));
        }
    }

    protected override void Recycle(ChunkWork work)
    {
        if (work is ChunkSum<LaneSum> sum)
        {
            _sums.Return(sum);
        }
        else
        {
            _summed.Return(work);
        }
    }

    protected override void BeginUpdate()
    {
        base.BeginUpdate();
        _summed.Release();
    }

    private Held HeldOf(long version) => new(
        Generation, Partition.Range.Index, new UnitId(-1, version, 0), version, Samples, Loss, _summed.SquaredNorms);
}
