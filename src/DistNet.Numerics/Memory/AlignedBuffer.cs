using System.Runtime.InteropServices;

namespace DistNet.Numerics;

/// <summary>
/// Zeroed native memory for floats, aligned to a cache line, outside the garbage collector's heap so that pointers into
/// it stay valid. The owner disposes it; views taken from it (<see cref="Span"/>, <see cref="Matrix"/>) must not outlive it.
/// </summary>
public sealed unsafe class AlignedBuffer : IDisposable
{
    /// <summary>Bytes of a cache line, and of the widest vector.</summary>
    public const int Alignment = 64;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not positive.</exception>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var bytes = (nuint)length * sizeof(float);
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        Length = length;
        NativeMemory.Clear(Pointer, bytes);
    }

    ~AlignedBuffer() => Free();

    /// <summary>The first float; null once disposed.</summary>
    public float* Pointer { get; private set; }

    public int Length { get; }

    public Span<float> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(Pointer == null, this);
            return new Span<float>(Pointer, Length);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
