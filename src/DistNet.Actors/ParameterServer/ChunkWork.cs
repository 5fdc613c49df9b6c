using System.Runtime.CompilerServices;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// What a server does with the gradient of one chunk, off its turn. It holds every tensor that it reads or writes, so that a server that goes
/// back to a cut meanwhile disturbs nothing and is not disturbed.
/// </summary>
internal abstract class ChunkWork(int position, in Chunk chunk, GradientSource source) : TensorWork
{
    private readonly Chunk _chunk = chunk;

    /// <summary>Number of the chunk among those of the partition.</summary>
    public int Position => position;

    /// <summary>Who began it.</summary>
    public GradientIntake? Intake { get; set; }

    /// <summary>Generation it was begun in.</summary>
    public long Generation { get; set; }

    public int Length => _chunk.Length;

    protected ref readonly Chunk Chunk => ref _chunk;

    [SkipLocalsInit]
    public sealed override void Execute()
    {
        Span<float> scratch = stackalloc float[source.ScratchBlocks * GradientSource.BlockLength];
        var bound = _chunk.WeightLength;
        for (var offset = 0; offset < Length;)
        {
            var end = offset < bound ? bound : Length;
            var length = Math.Min(GradientSource.BlockLength, end - offset);
            OnBlock(offset, source.Read(offset, length, scratch));
            offset += length;
        }
    }

    public virtual void Release() => source.Release();

    /// <summary>A block is all weights or all biases.</summary>
    protected abstract void OnBlock(int offset, Span<float> gradient);
}

/// <summary>Adds the parts of a chunk into the memory of one of them, where the gradient waits for the norm over all partitions.</summary>
internal sealed class ChunkSum<TSource>(int position, in Chunk chunk, TSource source) : ChunkWork(position, chunk, source)
    where TSource : LaneSum
{
    public TSource Source => source;

    protected override void OnBlock(int offset, Span<float> gradient) =>
        gradient.CopyTo(source.Target.Span[offset..]);
}

/// <summary>Builds the next version of one chunk: penalty and optimiser.</summary>
internal sealed class ChunkUpdate<TSource>(UpdateArithmetic arithmetic, int position, in Chunk chunk, TSource source)
    : ChunkWork(position, chunk, source)
    where TSource : GradientSource
{
    private ChunkTarget _target;
    private UpdateContext _context;
    private float _scale;

    public TSource Source => source;

    /// <param name="target">What is read and written; taken over.</param>
    /// <param name="scale">What the gradient is multiplied with first.</param>
    /// <param name="context">Rate and number of the update.</param>
    public void Prepare(ChunkTarget target, float scale, UpdateContext context)
    {
        _target = target;
        _scale = scale;
        _context = context;
    }

    public override void Release()
    {
        base.Release();
        _target.Release();
        _target = default;
    }

    protected override void OnBlock(int offset, Span<float> gradient)
    {
        var weights = _target.Weights.Span.Slice(offset, gradient.Length);
        GradientPreparation.AfterNorm(gradient, weights, _scale, offset < Chunk.WeightLength ? arithmetic.Penalty : null);
        var context = offset < Chunk.WeightLength ? _context : _context with { WeightDecay = 0 };
        var optimizer = arithmetic.Optimizer;
        optimizer.Apply(
            weights,
            gradient,
            _target.Next.Span.Slice(offset, gradient.Length),
            optimizer.SlotCount > 0 ? Block(_target.Slot0, offset, gradient.Length) : default,
            optimizer.SlotCount > 1 ? Block(_target.Slot1, offset, gradient.Length) : default,
            context);
    }

    private static Span<float> Block(TensorSlice slot, int offset, int length) => slot.Span.Slice(offset, length);
}

/// <summary>One chunk of a partition's state: the current version, the next, and the slots. Each is held once.</summary>
/// <param name="Weights">The current version.</param>
/// <param name="Next">The next one, being built.</param>
/// <param name="Slot0">The optimiser's first slot; empty where it has none.</param>
/// <param name="Slot1">The optimiser's second slot; empty where it has none.</param>
internal readonly record struct ChunkTarget(TensorSlice Weights, TensorSlice Next, TensorSlice Slot0, TensorSlice Slot1)
{
    public void Retain()
    {
        Weights.Retain();
        Next.Retain();
        Slot0.Retain();
        Slot1.Retain();
    }

    public void Release()
    {
        Weights.Release();
        Next.Release();
        Slot0.Release();
        Slot1.Release();
    }
}
