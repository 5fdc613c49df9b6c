using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Gradients under a barrier rule: each chunk is folded over the lanes and applied as soon as all of them are in, without
/// asking anybody. Only a norm to be clipped makes the server wait for the sequencer, because the norm spans all partitions.
/// </summary>
internal sealed class BarrierIntake : GradientIntake
{
    private readonly RunPlan _plan;
    private readonly PartitionState _partition;
    private readonly OwnChunks _chunks;
    private readonly GradientFold[] _folds;
    private readonly CompleteGradient? _waiting;
    private readonly PartitionNorm? _norm;
    private readonly Action<Outbox> _advanced;
    private long _generation;
    private int _done;
    private double _loss;

    public BarrierIntake(RunPlan plan, PartitionState partition, TensorPool pool, Action<Outbox> advanced)
    {
        _plan = plan;
        _partition = partition;
        _advanced = advanced;
        _chunks = new OwnChunks(plan.Map, partition.Range.Index);
        _folds = new GradientFold[_chunks.Count];
        for (var i = 0; i < _folds.Length; i++)
        {
            _folds[i] = new GradientFold(plan);
        }

        if (plan.Clipping.Norm is not null)
        {
            _waiting = new CompleteGradient(_chunks.Count);
            _norm = new PartitionNorm(plan.Map, partition.Range, pool);
        }
    }

    public override void Begin(long generation, CompleteCut cut)
    {
        _generation = generation;
        BeginStep();
    }

    public override void OnPush(in Push push, Outbox outbox)
    {
        var position = _chunks.PositionOf(push.Chunk);
        if (push.Step != _partition.Version || position < 0)
        {
            push.Gradient.Release();
            return;
        }

        // Whoever computed on this version had it from every partition.
        _partition.LetGoOfPrevious();
        var fold = _folds[position];
        if (fold.Add(push.Node, new GradientSum(push.Gradient, push.Loss)) && fold.IsComplete)
        {
            OnChunk(position, outbox);
        }
    }

    public override void OnApply(in Apply apply, Outbox outbox)
    {
        var unit = apply.Units[0];
        for (var i = 0; i < _chunks.Count; i++)
        {
            _partition.Apply(_chunks[i], _waiting![i], unit.Scale, unit.Samples);
        }

        _waiting!.Release();
        Advance(outbox);
    }

    private int Samples => _plan.Schedule.BatchLength(_partition.Version);

    private void OnChunk(int position, Outbox outbox)
    {
        var sum = _folds[position].Total;
        _partition.Prepare(sum.Values.Span, Samples);
        _loss = position == 0 ? sum.Loss : _loss;
        _done++;
        if (_waiting is null)
        {
            _partition.Apply(_chunks[position], sum.Values.Span, 1, Samples);
        }
        else
        {
            sum.Values.Retain();
            _waiting.Add(position, sum.Values);
        }

        if (_done == _chunks.Count)
        {
            OnStep(outbox);
        }
    }

    private void OnStep(Outbox outbox)
    {
        if (_waiting is null)
        {
            Advance(outbox);
            return;
        }

        var version = _partition.Version;
        var held = new Held(
            _generation, _partition.Range.Index, new UnitId(-1, version, 0), version, Samples, _loss, _norm!.Of(_waiting, _chunks));
        outbox.Send(ActorId.Sequencer, held);
    }

    private void Advance(Outbox outbox)
    {
        var version = _partition.Version;
        _partition.Commit(_partition.Log.Add(version + 1, -1, version, Samples));
        outbox.Send(ActorId.Sequencer, new Applied(_generation, _partition.Range.Index, version + 1, _loss));
        BeginStep();
        _advanced(outbox);
    }

    private void BeginStep()
    {
        _done = 0;
        _waiting?.Release();
        foreach (var fold in _folds)
        {
            fold.Begin(_partition.Version);
        }
    }
}
