using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// A barrier rule with a norm to be clipped: the sums of an update are kept until the sequencer says what to multiply them with.
/// </summary>
internal sealed class NormedBarrierIntake : BarrierIntake
{
    private readonly SummedUpdate<LaneSum> _summed;

    public NormedBarrierIntake(RunPlan plan, RulePhase phase, PartitionState partition, TensorPool pool, Action<Outbox> advanced)
        : base(plan, phase, partition, advanced)
    {
        _summed = new(plan, partition, Chunks, Arithmetic, pool, () => new LaneSum(plan, Arithmetic));
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
        var sum = _summed.SumOf(position);
        Take(parts, position, sum.Source);
        Carry(sum, outbox);
    }

    protected override void OnDone(ChunkWork work, Outbox outbox)
    {
        if (!_summed.TryAdd(work, out var isLast))
        {
            base.OnDone(work, outbox);
        }
        else if (isLast)
        {
            outbox.Send(ActorId.Sequencer, HeldOf(Partition.Version));
        }
    }

    protected override void Recycle(ChunkWork work) => _summed.Return(work);

    protected override void BeginUpdate()
    {
        base.BeginUpdate();
        _summed.Release();
    }

    private Held HeldOf(long version) => new(
        Generation, Partition.Range.Index, new UnitId(-1, version, 0), version, Samples, Loss, _summed.SquaredNorms);
}
