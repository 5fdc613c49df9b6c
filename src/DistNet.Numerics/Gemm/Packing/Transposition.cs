using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DistNet.Numerics;

/// <summary>Copies rows as columns, by blocks that are transposed in registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>target[k * targetStride + row] = source[row * stride + k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint stride, int rows, int depth, float* target, nint targetStride)
    {
        var row = 0;
        for (; Avx.IsSupported && row + 8 <= rows; row += 8)
        {
            Eight(source + (row * stride), stride, depth, target + row, targetStride);
        }

        for (; row + 4 <= rows; row += 4)
        {
            Four(source + (row * stride), stride, depth, target + row, targetStride);
        }

        for (; row < rows; row++)
        {
            One(source + (row * stride), depth, target + row, targetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(float* source, nint stride, int depth, float* target, nint targetStride)
    {
        float* row3 = source + (3 * stride), row6 = row3 + (3 * stride);
        var k = 0;
        for (; k + 8 <= depth; k += 8)
        {
            // Rows 0 to 3 meet rows 4 to 7 as the halves of a vector, so that the rest is two 4 x 4 transpositions side by side.
            var r0 = Halves(source, source + (4 * stride));
            var r1 = Halves(source + stride, source + (5 * stride));
            var r2 = Halves(source + (2 * stride), row6);
            var r3 = Halves(row3, row3 + (4 * stride));
            Write(r0, r1, r2, r3, target, targetStride);
            r0 = Halves(source + 4, source + (4 * stride) + 4);
            r1 = Halves(source + stride + 4, source + (5 * stride) + 4);
            r2 = Halves(source + (2 * stride) + 4, row6 + 4);
            r3 = Halves(row3 + 4, row3 + (4 * stride) + 4);
            Write(r0, r1, r2, r3, target + (4 * targetStride), targetStride);
            source += 8;
            row3 += 8;
            row6 += 8;
            target += 8 * targetStride;
        }

        for (var row = 0; row < 8; row++)
        {
            One(source + (row * stride), depth - k, target + row, targetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* lower, float* upper) =>
        Avx.InsertVector128(Vector128.Load(lower).ToVector256Unsafe(), Vector128.Load(upper), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* target, nint targetStride)
    {
        var low01 = Avx.UnpackLow(r0, r1).AsDouble();
        var high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        var low23 = Avx.UnpackLow(r2, r3).AsDouble();
        var high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        Avx.UnpackLow(low01, low23).AsSingle().Store(target);
        Avx.UnpackHigh(low01, low23).AsSingle().Store(target + targetStride);
        Avx.UnpackLow(high01, high23).AsSingle().Store(target + (2 * targetStride));
        Avx.UnpackHigh(high01, high23).AsSingle().Store(target + (3 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(float* source, nint stride, int depth, float* target, nint targetStride)
    {
        float* row0 = source, row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
        for (var k = 0; k < depth; k++)
        {
            Vector128.Create(row0[k], row1[k], row2[k], row3[k]).Store(target);
            target += targetStride;
        }
    }

    private static void One(float* source, int depth, float* target, nint targetStride)
    {
        for (var k = 0; k < depth; k++)
        {
            target[k * targetStride] = source[k];
        }
    }
}
