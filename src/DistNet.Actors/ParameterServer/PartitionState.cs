using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// One partition: its parameters, optimiser state and log. Parameters are double-buffered: a version that has been handed out
/// is never written; the next one is built beside it, chunk by chunk, and becomes current on <see cref="Commit"/>.
/// </summary>
internal sealed class PartitionState(RunPlan plan, Partition partition, TensorPool pool)
{
    private readonly List<Tensor> _slots = [];
    private Tensor? _current;
    private Tensor? _next;
    private Tensor? _previous;

    public Partition Range => partition;

    public ApplyLog Log { get; private set; } = ApplyLog.Empty;

    public long Version => Log.Version;

    /// <summary>Whether there is a current version: it was made or restored, and not let go of.</summary>
    public bool IsHeld => _current is not null;

    /// <summary>The current version; held by this object.</summary>
    public TensorSlice Current => _current!.All;

    /// <summary>
    /// The version before, while another partition may still be at it: were the workers to die now, the next ones would have to begin
    /// there. Empty otherwise.
    /// </summary>
    public TensorSlice Previous => _previous?.All ?? default;

    /// <summary>Version 0, and an optimiser that has seen nothing.</summary>
    public void Initialize()
    {
        Release();
        _current = Rent();
        FirstParameters().Slice(partition.Offset, partition.Length).CopyTo(_current.Span);
        for (var i = 0; i < plan.SlotNames.Count; i++)
        {
            _slots.Add(Rent());
            _slots[i].Span.Clear();
        }

        Log = ApplyLog.Empty;
    }

    /// <summary>Takes over the tensors of a cut.</summary>
    public void Restore(PartitionCut cut)
    {
        Release();
        _current = Own(cut.Parameters);
        _slots.AddRange(cut.Slots.Select(Own));
        Log = cut.Log;
    }

    /// <summary>A copy that later updates do not change. Its tensors are held for the caller.</summary>
    /// <param name="generation">The generation in force.</param>
    public PartitionCut Snapshot(long generation)
    {
        _current!.Retain();
        var slots = _slots.ConvertAll(slot => CopyOf(slot).All);
        return new PartitionCut(partition.Index, partition.Offset, partition.Length, generation, Log, _current.All, slots);
    }

    /// <summary>The chunk's part of the current version; held by this object.</summary>
    public TensorSlice WeightsOf(in Chunk chunk) => SliceOf(Current, chunk);

    /// <summary>The chunk's part of something that is laid out like the partition.</summary>
    public TensorSlice SliceOf(TensorSlice values, in Chunk chunk) => values.Slice(chunk.Offset - partition.Offset, chunk.Length);

    /// <summary>What an update of the chunk reads and writes, held once for the caller. The next version comes to be beside the current.</summary>
    public ChunkTarget Target(in Chunk chunk)
    {
        _next ??= Rent();
        var (offset, length) = (chunk.Offset - partition.Offset, chunk.Length);
        var target = new ChunkTarget(
            _current!.All.Slice(offset, length), _next.All.Slice(offset, length), Slot(0, offset, length), Slot(1, offset, length));
        target.Retain();
        return target;
    }

    /// <summary>
    /// The running mean of squared gradients that delay compensation keeps, for these parameters; held by this object. Empty where none is kept.
    /// </summary>
    public TensorSlice MeanSquare(in Chunk chunk) => plan.Correction.Kind == CorrectionKind.DelayAdaptive
        ? SliceOf(_slots[^1].All, chunk)
        : default;

    /// <summary>The next version is complete: it becomes current.</summary>
    public void Commit(ApplyLog log)
    {
        LetGoOfPrevious();
        _previous = _current;
        _current = _next;
        _next = null;
        Log = log;
    }

    /// <summary>Every partition has the current version.</summary>
    public void LetGoOfPrevious()
    {
        _previous?.Release();
        _previous = null;
    }

    public void Release()
    {
        LetGoOfPrevious();
        _current?.Release();
        _next?.Release();
        _slots.ForEach(slot => slot.Release());
        _slots.Clear();
        _current = _next = null;
    }

    /// <summary>Those given, or the whole vector made from the seed: every server makes it, and keeps its part.</summary>
    private ReadOnlySpan<float> FirstParameters()
    {
        if (plan.InitialParameters is { } given)
        {
            return given.Span;
        }

        var whole = new float[plan.Layout.PaddedLength];
        Initializer.Initialize(plan.Layout, plan.Initializer, plan.Seed, whole);
        return whole;
    }

    private TensorSlice Slot(int index, int offset, int length) =>
        index < _slots.Count ? _slots[index].All.Slice(offset, length) : default;

    /// <summary>Values are whatever was there; only the tail past the partition's end is zero.</summary>
    private Tensor Rent()
    {
        var tensor = pool.Rent(partition.PaddedLength);
        tensor.Span[partition.Length..].Clear();
        return tensor;
    }

    private Tensor CopyOf(Tensor tensor)
    {
        var copy = Rent();
        tensor.Span.CopyTo(copy.Span);
        return copy;
    }

    private Tensor Own(TensorSlice stored)
    {
        var tensor = Rent();
        stored.Span[..partition.Length].CopyTo(tensor.Span);
        stored.Release();
        return tensor;
    }
}
