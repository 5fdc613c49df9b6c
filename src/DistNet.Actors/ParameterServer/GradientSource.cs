using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The gradient of one chunk of one update, divided by its samples and clipped by value: what is left to do needs the weights. It is read
/// block by block, so that everything done to a block happens while it is in the nearest cache. Holds the tensors that it reads.
/// </summary>
internal abstract class GradientSource
{
    /// <summary>Floats of a block.</summary>
    public const int BlockLength = 2048;

    /// <summary>Blocks of scratch that <see cref="Read"/> needs.</summary>
    public virtual int ScratchBlocks => 1;

    /// <summary>The values of a block, which the caller may overwrite.</summary>
    /// <param name="offset">First value, counted from the chunk's.</param>
    /// <param name="length">At most <see cref="BlockLength"/>.</param>
    /// <param name="scratch">Memory for <see cref="ScratchBlocks"/> blocks.</param>
    public abstract Span<float> Read(int offset, int length, Span<float> scratch);

    public abstract void Release();
}

/// <summary>A gradient that was prepared before, and waited for its norm.</summary>
internal sealed class HeldGradient : GradientSource
{
    private TensorSlice _values;

    public void Hold(TensorSlice values)
    {
        values.Retain();
        _values = values;
    }

    public override Span<float> Read(int offset, int length, Span<float> scratch) => _values.Span.Slice(offset, length);

    public override void Release()
    {
        _values.Release();
        _values = default;
    }
}
