namespace DistNet.Numerics;

/// <summary>
/// Packing memory for <see cref="Gemm"/>: one for each computing thread, never shared. It grows to what the largest product
/// needs and is then reused, so that a training step allocates nothing.
/// </summary>
public sealed unsafe class GemmScratch : IDisposable
{
    private AlignedBuffer? _left;
    private AlignedBuffer? _right;
    private AlignedBuffer? _tile;

    public void Dispose()
    {
        _left?.Dispose();
        _right?.Dispose();
        _tile?.Dispose();
    }

    internal float* Left(int length) => AtLeast(ref _left, length);

    internal float* Right(int length) => AtLeast(ref _right, length);

    /// <summary>Room for one tile of C, for tiles that reach over its edge.</summary>
    internal float* Tile(int length) => AtLeast(ref _tile, length);

    private static float* AtLeast(ref AlignedBuffer? buffer, int length)
    {
        if (buffer is null || buffer.Length < length)
        {
            buffer?.Dispose();
            buffer = new AlignedBuffer(length);
        }

        return buffer.Pointer;
    }
}
