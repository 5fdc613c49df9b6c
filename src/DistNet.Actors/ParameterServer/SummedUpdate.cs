using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The gradient of one update, summed, while it waits for the norm over all partitions: the sequencer hears every partition's share, and says
/// what to multiply it with.
/// </summary>
/// <typeparam name="TSource">What a chunk's gradient is summed from.</typeparam>
internal sealed class SummedUpdate<TSource>
    where TSource : LaneSum
{
    private readonly PartitionState _partition;
    private readonly OwnChunks _chunks;
    private readonly CompleteGradient _gradient;
    private readonly PartitionNorm _norm;
    private readonly ChunkWorks<ChunkSum<TSource>> _sums;
    private readonly ChunkWorks<ChunkUpdate<HeldGradient>> _updates;

    public SummedUpdate(
        RunPlan plan, PartitionState partition, OwnChunks chunks, UpdateArithmetic arithmetic, TensorPool pool, Func<TSource> createSource)
    {
        _partition = partition;
        _chunks = chunks;
        _gradient = new CompleteGradient(chunks.Count);
        _norm = new PartitionNorm(plan.Map, partition.Range, pool);
        _sums = new(chunks.Count, i => new(i, chunks[i], createSource()));
        _updates = new(chunks.Count, i => new(arithmetic, i, chunks[i], new HeldGradient()));
    }

    public IReadOnlyList<BlockNorm> SquaredNorms => _norm.Of(_gradient, _chunks);

    public ChunkSum<TSource> SumOf(int position) => _sums.Rent(position);

    /// <summary>Keeps the sum of a chunk, when that is what the work made.</summary>
    /// <param name="work">Work that is done.</param>
    /// <param name="isLast">The update's gradient is whole now.</param>
    public bool TryAdd(ChunkWork work, out bool isLast)
    {
        isLast = false;
        if (work is not ChunkSum<TSource> sum)
        {
            return false;
        }

        sum.Source.Target.Retain();
        isLast = _gradient.Add(sum.Position, sum.Source.Target) && _gradient.IsComplete;
        return true;
    }

    public ChunkWork UpdateOf(int position, float factor, UpdateContext context)
    {
        var update = _updates.Rent(position);
        update.Source.Hold(_gradient.SliceOf(position));
        update.Prepare(_partition.Target(_chunks[position]), factor, context);
        return update;
    }

    public void Return(ChunkWork work)
    {
        if (work is ChunkSum<TSource> sum)
        {
            _sums.Return(sum);
        }
        else
        {
            _updates.Return((ChunkUpdate<HeldGradient>)work);
        }
    }

    public void Release() => _gradient.Release();
}
