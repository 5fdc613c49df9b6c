using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DistNet.Numerics;

/// <summary>12 x 32 with AVX-512: 24 accumulators, two vectors of B and one broadcast of A fill 27 of the 32 registers.</summary>
internal readonly unsafe struct Avx512GemmTile : IGemmTile
{
    public static int Rows => 12;

    public static int Columns => 32;

    public static bool IsSupported => Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int depth, float* a, float* b, float* c, int stride, bool accumulate)
    {
        Vector512<float> c00 = default, c01 = default;
        Vector512<float> c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default;
        Vector512<float> c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default;
        Vector512<float> c70 = default, c71 = default;
        Vector512<float> c80 = default, c81 = default;
        Vector512<float> c90 = default, c91 = default;
        Vector512<float> ca0 = default, ca1 = default;
        Vector512<float> cb0 = default, cb1 = default;
        if (accumulate)
        {
            var row = c;
            c00 = Vector512.Load(row); c01 = Vector512.Load(row + 16); row += stride;
            c10 = Vector512.Load(row); c11 = Vector512.Load(row + 16); row += stride;
            c20 = Vector512.Load(row); c21 = Vector512.Load(row + 16); row += stride;
            c30 = Vector512.Load(row); c31 = Vector512.Load(row + 16); row += stride;
            c40 = Vector512.Load(row); c41 = Vector512.Load(row + 16); row += stride;
            c50 = Vector512.Load(row); c51 = Vector512.Load(row + 16); row += stride;
            c60 = Vector512.Load(row); c61 = Vector512.Load(row + 16); row += stride;
            c70 = Vector512.Load(row); c71 = Vector512.Load(row + 16); row += stride;
            c80 = Vector512.Load(row); c81 = Vector512.Load(row + 16); row += stride;
            c90 = Vector512.Load(row); c91 = Vector512.Load(row + 16); row += stride;
            ca0 = Vector512.Load(row); ca1 = Vector512.Load(row + 16); row += stride;
            cb0 = Vector512.Load(row); cb1 = Vector512.Load(row + 16);
        }

        for (; depth > 0; depth--)
        {
            var b0 = Vector512.LoadAligned(b);
            var b1 = Vector512.LoadAligned(b + 16);
            var x = Vector512.Create(a[0]); c00 = Avx512F.FusedMultiplyAdd(x, b0, c00); c01 = Avx512F.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a[1]); c10 = Avx512F.FusedMultiplyAdd(x, b0, c10); c11 = Avx512F.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a[2]); c20 = Avx512F.FusedMultiplyAdd(x, b0, c20); c21 = Avx512F.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(a[3]); c30 = Avx512F.FusedMultiplyAdd(x, b0, c30); c31 = Avx512F.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(a[4]); c40 = Avx512F.FusedMultiplyAdd(x, b0, c40); c41 = Avx512F.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(a[5]); c50 = Avx512F.FusedMultiplyAdd(x, b0, c50); c51 = Avx512F.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(a[6]); c60 = Avx512F.FusedMultiplyAdd(x, b0, c60); c61 = Avx512F.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(a[7]); c70 = Avx512F.FusedMultiplyAdd(x, b0, c70); c71 = Avx512F.FusedMultiplyAdd(x, b1, c71);
            x = Vector512.Create(a[8]); c80 = Avx512F.FusedMultiplyAdd(x, b0, c80); c81 = Avx512F.FusedMultiplyAdd(x, b1, c81);
            x = Vector512.Create(a[9]); c90 = Avx512F.FusedMultiplyAdd(x, b0, c90); c91 = Avx512F.FusedMultiplyAdd(x, b1, c91);
            x = Vector512.Create(a[10]); ca0 = Avx512F.FusedMultiplyAdd(x, b0, ca0); ca1 = Avx512F.FusedMultiplyAdd(x, b1, ca1);
            x = Vector512.Create(a[11]); cb0 = Avx512F.FusedMultiplyAdd(x, b0, cb0); cb1 = Avx512F.FusedMultiplyAdd(x, b1, cb1);
            a += 12;
            b += 32;
        }

        c00.Store(c); c01.Store(c + 16); c += stride;
        c10.Store(c); c11.Store(c + 16); c += stride;
        c20.Store(c); c21.Store(c + 16); c += stride;
        c30.Store(c); c31.Store(c + 16); c += stride;
        c40.Store(c); c41.Store(c + 16); c += stride;
        c50.Store(c); c51.Store(c + 16); c += stride;
        c60.Store(c); c61.Store(c + 16); c += stride;
        c70.Store(c); c71.Store(c + 16); c += stride;
        c80.Store(c); c81.Store(c + 16); c += stride;
        c90.Store(c); c91.Store(c + 16); c += stride;
        ca0.Store(c); ca1.Store(c + 16); c += stride;
        cb0.Store(c); cb1.Store(c + 16);
    }
}
