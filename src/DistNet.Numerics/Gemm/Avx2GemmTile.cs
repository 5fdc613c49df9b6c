using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DistNet.Numerics;

/// <summary>6 x 16 with AVX2 and FMA: 12 accumulators, two vectors of B and one broadcast of A fill 15 of the 16 registers.</summary>
internal readonly unsafe struct Avx2GemmTile : IGemmTile
{
    public static int Rows => 6;

    public static int Columns => 16;

    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int depth, float* a, float* b, float* c, int stride, bool accumulate)
    {
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default;
        Vector256<float> c40 = default, c41 = default;
        Vector256<float> c50 = default, c51 = default;
        if (accumulate)
        {
            var row = c;
            c00 = Vector256.Load(row); c01 = Vector256.Load(row + 8); row += stride;
            c10 = Vector256.Load(row); c11 = Vector256.Load(row + 8); row += stride;
            c20 = Vector256.Load(row); c21 = Vector256.Load(row + 8); row += stride;
            c30 = Vector256.Load(row); c31 = Vector256.Load(row + 8); row += stride;
            c40 = Vector256.Load(row); c41 = Vector256.Load(row + 8); row += stride;
            c50 = Vector256.Load(row); c51 = Vector256.Load(row + 8);
        }

        for (; depth > 0; depth--)
        {
            var b0 = Vector256.LoadAligned(b);
            var b1 = Vector256.LoadAligned(b + 8);
            var x = Vector256.Create(a[0]); c00 = Fma.MultiplyAdd(x, b0, c00); c01 = Fma.MultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[1]); c10 = Fma.MultiplyAdd(x, b0, c10); c11 = Fma.MultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[2]); c20 = Fma.MultiplyAdd(x, b0, c20); c21 = Fma.MultiplyAdd(x, b1, c21);
            x = Vector256.Create(a[3]); c30 = Fma.MultiplyAdd(x, b0, c30); c31 = Fma.MultiplyAdd(x, b1, c31);
            x = Vector256.Create(a[4]); c40 = Fma.MultiplyAdd(x, b0, c40); c41 = Fma.MultiplyAdd(x, b1, c41);
            x = Vector256.Create(a[5]); c50 = Fma.MultiplyAdd(x, b0, c50); c51 = Fma.MultiplyAdd(x, b1, c51);
            a += 6;
            b += 16;
        }

        c00.Store(c); c01.Store(c + 8); c += stride;
        c10.Store(c); c11.Store(c + 8); c += stride;
        c20.Store(c); c21.Store(c + 8); c += stride;
        c30.Store(c); c31.Store(c + 8); c += stride;
        c40.Store(c); c41.Store(c + 8); c += stride;
        c50.Store(c); c51.Store(c + 8);
    }
}
