using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The gradient of one update, summed, while it waits for the norm over all partitions: the sequencer hears every partition's share, and says
/// what to multiply it with.
/// </summary>
internal sealed class SummedUpdate
{
    private readonly PartitionState _partition;
    private readonly OwnChunks _chunks;
    private readonly CompleteGradient _gradient;
    private readonly PartitionNorm _norm;
    private readonly ChunkWorks<ChunkUpdate<HeldGradient>> _updates;

    public SummedUpdate(RunPlan plan, PartitionState partition, OwnChunks chunks, UpdateArithmetic arithmetic, TensorPool pool)
    {
        _partition = partition;
        _chunks = chunks;
        _gradient = new CompleteGradient(chunks.Count);
        _norm = new PartitionNorm(plan.Map, partition.Range, pool);
        _updates = new(chunks.Count, i => new(arithmetic, i, chunks[i], new HeldGradient()));
    }

    public IReadOnlyList<BlockNorm> SquaredNorms => _norm.Of(_gradient, _chunks);

    /// <summary>A chunk's sum is there, and is retained. True when it was the last.</summary>
    public bool Add(int position, TensorSlice sum)
    {
        sum.Retain();
        return _gradient.Add(position, sum) && _gradient.IsComplete;
    }

    public ChunkWork UpdateOf(int position, float factor, UpdateContext context)
    {
        var update = _updates.Rent(position);
        update.Source.Hold(_gradient.SliceOf(position));
        update.Prepare(_partition.Target(_chunks[position]), factor, context);
        return update;
    }

    public void Return(ChunkWork update) => _updates.Return((ChunkUpdate<HeldGradient>)update);

    public void Release() => _gradient.Release();
}
