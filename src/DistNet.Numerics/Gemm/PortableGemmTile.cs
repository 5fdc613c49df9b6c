using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistNet.Numerics;

/// <summary>6 x 8 with 128-bit vectors on any processor; where it has no fused multiply-add the runtime computes one exactly, slowly.</summary>
internal readonly unsafe struct PortableGemmTile : IGemmTile
{
    public static int Rows => 6;

    public static int Columns => 8;

    public static bool IsSupported => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int depth, float* a, float* b, float* c, int stride, bool accumulate)
    {
        Vector128<float> c00 = default, c01 = default;
        Vector128<float> c10 = default, c11 = default;
        Vector128<float> c20 = default, c21 = default;
        Vector128<float> c30 = default, c31 = default;
        Vector128<float> c40 = default, c41 = default;
        Vector128<float> c50 = default, c51 = default;
        if (accumulate)
        {
            var row = c;
            c00 = Vector128.Load(row); c01 = Vector128.Load(row + 4); row += stride;
            c10 = Vector128.Load(row); c11 = Vector128.Load(row + 4); row += stride;
            c20 = Vector128.Load(row); c21 = Vector128.Load(row + 4); row += stride;
            c30 = Vector128.Load(row); c31 = Vector128.Load(row + 4); row += stride;
            c40 = Vector128.Load(row); c41 = Vector128.Load(row + 4); row += stride;
            c50 = Vector128.Load(row); c51 = Vector128.Load(row + 4);
        }

        for (; depth > 0; depth--)
        {
            var b0 = Vector128.LoadAligned(b);
            var b1 = Vector128.LoadAligned(b + 4);
            var x = Vector128.Create(a[0]); c00 = Vector128.FusedMultiplyAdd(x, b0, c00); c01 = Vector128.FusedMultiplyAdd(x, b1, c01);
            x = Vector128.Create(a[1]); c10 = Vector128.FusedMultiplyAdd(x, b0, c10); c11 = Vector128.FusedMultiplyAdd(x, b1, c11);
            x = Vector128.Create(a[2]); c20 = Vector128.FusedMultiplyAdd(x, b0, c20); c21 = Vector128.FusedMultiplyAdd(x, b1, c21);
            x = Vector128.Create(a[3]); c30 = Vector128.FusedMultiplyAdd(x, b0, c30); c31 = Vector128.FusedMultiplyAdd(x, b1, c31);
            x = Vector128.Create(a[4]); c40 = Vector128.FusedMultiplyAdd(x, b0, c40); c41 = Vector128.FusedMultiplyAdd(x, b1, c41);
            x = Vector128.Create(a[5]); c50 = Vector128.FusedMultiplyAdd(x, b0, c50); c51 = Vector128.FusedMultiplyAdd(x, b1, c51);
            a += 6;
            b += 8;
        }

        c00.Store(c); c01.Store(c + 4); c += stride;
        c10.Store(c); c11.Store(c + 4); c += stride;
        c20.Store(c); c21.Store(c + 4); c += stride;
        c30.Store(c); c31.Store(c + 4); c += stride;
        c40.Store(c); c41.Store(c + 4); c += stride;
        c50.Store(c); c51.Store(c + 4);
    }
}
