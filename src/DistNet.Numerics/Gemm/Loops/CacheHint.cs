using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DistNet.Numerics;

/// <summary>Tells the processor what is needed next, where it can be told.</summary>
internal static unsafe class CacheHint
{
    public const int LineFloats = AlignedBuffer.Alignment / sizeof(float);

    /// <summary>A line into the second cache. Any address does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(line);
        }
    }

    /// <summary>Rows into the second cache. Addresses past the end of the memory do no harm.</summary>
    public static void Prefetch(float* start, nint stride, int rows, int columns)
    {
        for (var row = 0; Sse.IsSupported && row < rows; row++, start += stride)
        {
            for (var column = 0; column < columns; column += LineFloats)
            {
                Sse.Prefetch1(start + column);
            }
        }
    }
}
