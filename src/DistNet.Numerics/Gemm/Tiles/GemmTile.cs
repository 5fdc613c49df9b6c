using System.Runtime.CompilerServices;

namespace DistNet.Numerics;

/// <summary>
/// A tile of up to 12 rows by two vectors, all of its sums in registers: with 32 registers 12 rows fill 27 of them, with 16
/// registers 6 rows fill 15. One kernel is compiled for each number of rows, so that the last rows of a matrix cost what they are.
/// </summary>
/// <typeparam name="TSimd">The vector operations.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TRows">Most rows.</typeparam>
internal readonly unsafe struct GemmTile<TSimd, TVector, TRows> : IGemmTile
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
    where TRows : struct, ITileSize
{
    public static int Rows => TRows.Value;

    public static int Columns => 2 * TSimd.Count;

    public static bool IsSupported => TSimd.IsSupported;

    public static void Run(int rows, bool narrow, in TileRun run)
    {
        if (narrow)
        {
            Run<Size1>(rows, run);
        }
        else
        {
            Run<Size2>(rows, run);
        }
    }

    private static void Run<TVectors>(int rows, in TileRun run)
        where TVectors : struct, ITileSize
    {
        switch (rows)
        {
            case 12:
                Kernel<Size12, TVectors>(run);
                break;
            case 11:
                Kernel<Size11, TVectors>(run);
                break;
            case 10:
                Kernel<Size10, TVectors>(run);
                break;
            case 9:
                Kernel<Size9, TVectors>(run);
                break;
            case 8:
                Kernel<Size8, TVectors>(run);
                break;
            case 7:
                Kernel<Size7, TVectors>(run);
                break;
            case 6:
                Kernel<Size6, TVectors>(run);
                break;
            case 5:
                Kernel<Size5, TVectors>(run);
                break;
            case 4:
                Kernel<Size4, TVectors>(run);
                break;
            case 3:
                Kernel<Size3, TVectors>(run);
                break;
            case 2:
                Kernel<Size2, TVectors>(run);
                break;
            case 1:
                Kernel<Size1, TVectors>(run);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows));
        }
    }

    /// <summary>Conditions on types are decided when the kernel is compiled; the rest is straight code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Kernel<THeight, TVectors>(in TileRun run)
        where THeight : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        TVector c00 = default, c01 = default;
        TVector c10 = default, c11 = default;
        TVector c20 = default, c21 = default;
        TVector c30 = default, c31 = default;
        TVector c40 = default, c41 = default;
        TVector c50 = default, c51 = default;
        TVector c60 = default, c61 = default;
        TVector c70 = default, c71 = default;
        TVector c80 = default, c81 = default;
        TVector c90 = default, c91 = default;
        TVector ca0 = default, ca1 = default;
        TVector cb0 = default, cb1 = default;
        if (run.From != null)
        {
            var from = run.From;
            var next = run.FromStride;
            Load<TVectors>(from, ref c00, ref c01);
            if (THeight.Value > 1) Load<TVectors>(from += next, ref c10, ref c11);
            if (THeight.Value > 2) Load<TVectors>(from += next, ref c20, ref c21);
            if (THeight.Value > 3) Load<TVectors>(from += next, ref c30, ref c31);
            if (THeight.Value > 4) Load<TVectors>(from += next, ref c40, ref c41);
            if (THeight.Value > 5) Load<TVectors>(from += next, ref c50, ref c51);
            if (THeight.Value > 6) Load<TVectors>(from += next, ref c60, ref c61);
            if (THeight.Value > 7) Load<TVectors>(from += next, ref c70, ref c71);
            if (THeight.Value > 8) Load<TVectors>(from += next, ref c80, ref c81);
            if (THeight.Value > 9) Load<TVectors>(from += next, ref c90, ref c91);
            if (THeight.Value > 10) Load<TVectors>(from += next, ref ca0, ref ca1);
            if (THeight.Value > 11) Load<TVectors>(from += next, ref cb0, ref cb1);
        }

        // Four pointers and two offsets reach twelve rows without an address being computed in the loop.
        var b = run.B;
        nint s = run.RowStride, s2 = 2 * s, step = run.DepthStride;
        float* a0 = run.A, a3 = a0 + (3 * s), a6 = a3 + (3 * s), a9 = a6 + (3 * s);
        for (var depth = run.Depth; depth > 0; depth--)
        {
            var b0 = TSimd.Load(b);
            var b1 = TVectors.Value > 1 ? TSimd.Load(b + TSimd.Count) : default;
            Step<TVectors>(a0, b0, b1, ref c00, ref c01);
            if (THeight.Value > 1) Step<TVectors>(a0 + s, b0, b1, ref c10, ref c11);
            if (THeight.Value > 2) Step<TVectors>(a0 + s2, b0, b1, ref c20, ref c21);
            if (THeight.Value > 3) Step<TVectors>(a3, b0, b1, ref c30, ref c31);
            if (THeight.Value > 4) Step<TVectors>(a3 + s, b0, b1, ref c40, ref c41);
            if (THeight.Value > 5) Step<TVectors>(a3 + s2, b0, b1, ref c50, ref c51);
            if (THeight.Value > 6) Step<TVectors>(a6, b0, b1, ref c60, ref c61);
            if (THeight.Value > 7) Step<TVectors>(a6 + s, b0, b1, ref c70, ref c71);
            if (THeight.Value > 8) Step<TVectors>(a6 + s2, b0, b1, ref c80, ref c81);
            if (THeight.Value > 9) Step<TVectors>(a9, b0, b1, ref c90, ref c91);
            if (THeight.Value > 10) Step<TVectors>(a9 + s, b0, b1, ref ca0, ref ca1);
            if (THeight.Value > 11) Step<TVectors>(a9 + s2, b0, b1, ref cb0, ref cb1);
            a0 += step;
            if (THeight.Value > 3) a3 += step;
            if (THeight.Value > 6) a6 += step;
            if (THeight.Value > 9) a9 += step;
            b += TVectors.Value * TSimd.Count;
        }

        var c = run.C;
        var stride = run.Stride;
        if (run.Add)
        {
            Add<TVectors>(c, ref c00, ref c01);
            if (THeight.Value > 1) Add<TVectors>(c + (1 * stride), ref c10, ref c11);
            if (THeight.Value > 2) Add<TVectors>(c + (2 * stride), ref c20, ref c21);
            if (THeight.Value > 3) Add<TVectors>(c + (3 * stride), ref c30, ref c31);
            if (THeight.Value > 4) Add<TVectors>(c + (4 * stride), ref c40, ref c41);
            if (THeight.Value > 5) Add<TVectors>(c + (5 * stride), ref c50, ref c51);
            if (THeight.Value > 6) Add<TVectors>(c + (6 * stride), ref c60, ref c61);
            if (THeight.Value > 7) Add<TVectors>(c + (7 * stride), ref c70, ref c71);
            if (THeight.Value > 8) Add<TVectors>(c + (8 * stride), ref c80, ref c81);
            if (THeight.Value > 9) Add<TVectors>(c + (9 * stride), ref c90, ref c91);
            if (THeight.Value > 10) Add<TVectors>(c + (10 * stride), ref ca0, ref ca1);
            if (THeight.Value > 11) Add<TVectors>(c + (11 * stride), ref cb0, ref cb1);
        }

        Store<TVectors>(c, c00, c01);
        if (THeight.Value > 1) Store<TVectors>(c += stride, c10, c11);
        if (THeight.Value > 2) Store<TVectors>(c += stride, c20, c21);
        if (THeight.Value > 3) Store<TVectors>(c += stride, c30, c31);
        if (THeight.Value > 4) Store<TVectors>(c += stride, c40, c41);
        if (THeight.Value > 5) Store<TVectors>(c += stride, c50, c51);
        if (THeight.Value > 6) Store<TVectors>(c += stride, c60, c61);
        if (THeight.Value > 7) Store<TVectors>(c += stride, c70, c71);
        if (THeight.Value > 8) Store<TVectors>(c += stride, c80, c81);
        if (THeight.Value > 9) Store<TVectors>(c += stride, c90, c91);
        if (THeight.Value > 10) Store<TVectors>(c += stride, ca0, ca1);
        if (THeight.Value > 11) Store<TVectors>(c += stride, cb0, cb1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TVectors>(float* a, TVector b0, TVector b1, ref TVector c0, ref TVector c1)
        where TVectors : struct, ITileSize
    {
        var x = TSimd.Broadcast(a);
        c0 = TSimd.MultiplyAdd(x, b0, c0);
        if (TVectors.Value > 1) c1 = TSimd.MultiplyAdd(x, b1, c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVectors>(float* from, ref TVector c0, ref TVector c1)
        where TVectors : struct, ITileSize
    {
        c0 = TSimd.Load(from);
        if (TVectors.Value > 1) c1 = TSimd.Load(from + TSimd.Count);
    }

    /// <summary>Left plus right, in this order: it decides which of two NaNs is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TVectors>(float* c, ref TVector c0, ref TVector c1)
        where TVectors : struct, ITileSize
    {
        c0 = TSimd.Add(TSimd.Load(c), c0);
        if (TVectors.Value > 1) c1 = TSimd.Add(TSimd.Load(c + TSimd.Count), c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(float* c, TVector c0, TVector c1)
        where TVectors : struct, ITileSize
    {
        TSimd.Store(c0, c);
        if (TVectors.Value > 1) TSimd.Store(c1, c + TSimd.Count);
    }
}
