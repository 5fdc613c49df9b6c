using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// A sequenced rule with a norm to be clipped. An update takes two commands: its units are summed, and the shares of the norm told; then the sum is
/// applied. Between the two other commands may come, and the partition is at the version before.
/// </summary>
internal sealed class NormedSequencedIntake : SequencedIntake
{
    private readonly Action<Outbox> _summedUp;
    private readonly SummedUpdate<UnitSum> _summed;

    /// <param name="plan">The run.</param>
    /// <param name="phase">The rule in force.</param>
    /// <param name="partition">What is updated.</param>
    /// <param name="pool">Lends memory.</param>
    /// <param name="advanced">Called when the partition has its next version.</param>
    /// <param name="summedUp">Called when the units are summed, and the first command is carried out.</param>
    public NormedSequencedIntake(
        RunPlan plan, RulePhase phase, PartitionState partition, TensorPool pool, Action<Outbox> advanced, Action<Outbox> summedUp)
        : base(plan, phase, partition, advanced)
    {
        _summedUp = summedUp;
        _summed = new(plan, partition, Chunks, Arithmetic, pool, () => new UnitSum(plan, Arithmetic));
    }

    public override void Begin(long generation, CompleteCut cut)
    {
        base.Begin(generation, cut);
        _summed.Release();
    }

    public override void OnApply(in Apply apply, Outbox outbox)
    {
        if (apply.Units[0].IsSum)
        {
            ApplySum(apply, outbox);
        }
        else
        {
            Sum(apply, outbox);
        }
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
            _summedUp(outbox);
        }
    }

    protected override void Recycle(ChunkWork work) => _summed.Return(work);

    protected override void OnCommitted() => _summed.Release();

    private void Sum(in Apply apply, Outbox outbox)
    {
        Take(apply.Units);
        for (var i = 0; i < Chunks.Count; i++)
        {
            var sum = _summed.SumOf(i);
            Hold(i, sum.Source);
            Carry(sum, outbox);
        }
    }

    private void ApplySum(in Apply apply, Outbox outbox)
    {
        Measure(apply, outbox);
        BeginUpdate(apply);
        var context = Arithmetic.Next(Partition.Log, Samples, steps: 1);
        for (var i = 0; i < Chunks.Count; i++)
        {
            Carry(_summed.UpdateOf(i, apply.Units[0].Scale, context), outbox);
        }
    }

    private Held HeldOf(long version) => new(
        Generation, Partition.Range.Index, new UnitId(-1, version, 0), version, Samples, 0, _summed.SquaredNorms);
}
