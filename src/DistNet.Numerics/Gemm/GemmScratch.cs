namespace DistNet.Numerics;

/// <summary>Packing memory of one thread. It grows to what is asked for and is then reused; what it held is lost.</summary>
internal sealed unsafe class GemmScratch : IDisposable
{
    private AlignedBuffer? _left;
    private AlignedBuffer? _right;
    private AlignedBuffer? _tiles;

    public void Dispose()
    {
        _left?.Dispose();
        _right?.Dispose();
        _tiles?.Dispose();
    }

    public float* Left(int length) => AtLeast(ref _left, length);

    public float* Right(int length) => AtLeast(ref _right, length);

    /// <summary>Room for tiles of C: those that reach over its edge, and partial sums.</summary>
    public float* Tiles(int length) => AtLeast(ref _tiles, length);

    private static float* AtLeast(ref AlignedBuffer? buffer, int length)
    {
        if (buffer is null || buffer.Length < length)
        {
            buffer?.Dispose();
            buffer = new AlignedBuffer(Math.Max(length, 1));
        }

        return buffer.Pointer;
    }
}
