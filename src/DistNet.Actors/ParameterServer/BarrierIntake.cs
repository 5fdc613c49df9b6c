using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Gradients under a barrier rule: each chunk is summed over the lanes and applied as soon as all of them are in, without
/// asking anybody. Only a norm to be clipped makes the server wait for the sequencer: see <see cref="NormedBarrierIntake"/>.
/// </summary>
internal class BarrierIntake : GradientIntake
{
    private readonly Action<Outbox> _advanced;
    private readonly GradientParts[] _parts;
    private readonly ChunkWorks<ChunkUpdate<LaneSum>> _updates;
    private int _updated;

    /// <param name="plan">The run.</param>
    /// <param name="phase">The rule in force.</param>
    /// <param name="partition">What is updated.</param>
    /// <param name="advanced">Called when the partition has its next version.</param>
    public BarrierIntake(RunPlan plan, RulePhase phase, PartitionState partition, Action<Outbox> advanced)
        : base(plan, phase)
    {
        _advanced = advanced;
        Partition = partition;
        Chunks = new OwnChunks(plan.Map, partition.Range.Index);
        _parts = new GradientParts[Chunks.Count];
        for (var i = 0; i < _parts.Length; i++)
        {
            _parts[i] = new GradientParts(plan);
        }

        _updates = new(Chunks.Count, i => new(Arithmetic, i, Chunks[i], new LaneSum(plan, Arithmetic)));
    }

    protected PartitionState Partition { get; }

    protected OwnChunks Chunks { get; }

    protected int Samples => Plan.SamplesOf(Steps);

    /// <summary>The global batches of the next update.</summary>
    protected StepRange Steps => Plan.StepsOf(Phase, Partition.Version);

    protected double Loss { get; private set; }

    public override void Begin(long generation, CompleteCut cut)
    {
        base.Begin(generation, cut);
        BeginUpdate();
    }

    public override void OnPush(in Push push, Outbox outbox)
    {
        var position = Chunks.PositionOf(push.Chunk);
        if (push.Step != Steps.First || position < 0)
        {
            push.Gradient.Release();
            return;
        }

        // Whoever computed on this version had it from every partition.
        Partition.LetGoOfPrevious();
        var parts = _parts[position];
        if (parts.Add(push.Node, new GradientPart(push.Gradient, push.Loss)) && parts.IsComplete)
        {
            OnComplete(position, parts, outbox);
        }
    }

    public override void OnApply(in Apply apply, Outbox outbox) =>
        throw new InvalidOperationException("A barrier rule applies without being told.");

    /// <summary>Every lane's part of a chunk is in.</summary>
    protected virtual void OnComplete(int position, GradientParts parts, Outbox outbox)
    {
        var update = _updates.Rent(position);
        Take(parts, position, update.Source);
        update.Prepare(Partition.Target(Chunks[position]), 1, Arithmetic.Next(Partition.Log, Samples, Steps.Count));
        Carry(update, outbox);
    }

    protected void Take(GradientParts parts, int position, LaneSum sum)
    {
        parts.MoveTo(sum);
        sum.Complete(Samples, Steps.Count);
        Loss = position == 0 ? sum.Loss : Loss;
    }

    protected override void OnDone(ChunkWork work, Outbox outbox)
    {
        _updated++;
        if (_updated == Chunks.Count)
        {
            Advance(outbox);
        }
    }

    protected override void Recycle(ChunkWork work) => _updates.Return((ChunkUpdate<LaneSum>)work);

    protected virtual void BeginUpdate()
    {
        _updated = 0;
        foreach (var parts in _parts)
        {
            parts.Begin(Steps);
        }
    }

    private void Advance(Outbox outbox)
    {
        var version = Partition.Version;
        Partition.Commit(Partition.Log.Add(version + 1, -1, version, Samples));
        outbox.Send(ActorId.Sequencer, new Applied(Generation, Partition.Range.Index, version + 1, Loss));
        BeginUpdate();
        _advanced(outbox);
    }
}
