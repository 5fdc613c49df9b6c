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

    public static delegate*<TileRun*, void> Kernel(int rows, bool narrow, bool rowMajor) => (narrow, rowMajor) switch
    {
        (false, false) => Kernel<Size2, Size0>(rows),
        (false, true) => Kernel<Size2, Size1>(rows),
        (true, false) => Kernel<Size1, Size0>(rows),
        (true, true) => Kernel<Size1, Size1>(rows),
    };

    private static delegate*<TileRun*, void> Kernel<TVectors, TDepthStride>(int rows)
        where TVectors : struct, ITileSize
        where TDepthStride : struct, ITileSize => rows switch
        {
            12 => &Run<Size12, TVectors, TDepthStride>,
            11 => &Run<Size11, TVectors, TDepthStride>,
            10 => &Run<Size10, TVectors, TDepthStride>,
            9 => &Run<Size9, TVectors, TDepthStride>,
            8 => &Run<Size8, TVectors, TDepthStride>,
            7 => &Run<Size7, TVectors, TDepthStride>,
            6 => &Run<Size6, TVectors, TDepthStride>,
            5 => &Run<Size5, TVectors, TDepthStride>,
            4 => &Run<Size4, TVectors, TDepthStride>,
            3 => &Run<Size3, TVectors, TDepthStride>,
            2 => &Run<Size2, TVectors, TDepthStride>,
            1 => &Run<Size1, TVectors, TDepthStride>,
            _ => throw new ArgumentOutOfRangeException(nameof(rows)),
        };

    /// <summary>Conditions on types are decided when the kernel is compiled; the rest is straight code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<THeight, TVectors, TDepthStride>(TileRun* run)
        where THeight : struct, ITileSize
        where TVectors : struct, ITileSize
        where TDepthStride : struct, ITileSize
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
        if (run->From != null)
        {
            var from = run->From;
            var next = run->FromStride;
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
        var s = TDepthStride.Value == 1 ? run->AStride : 1;
        var step = TDepthStride.Value == 1 ? 4 : run->AStride;
        float* a0 = run->A, a3 = a0 + (3 * s), a6 = a3 + (3 * s), a9 = a6 + (3 * s);
        var b = run->B;
        var width = TVectors.Value * TSimd.Count;
        var depth = run->Depth;
        var ahead = run->Ahead;
        TVector b0, b1;
        for (; depth >= 4; depth -= 4)
        {
            b0 = TSimd.Load(b);
            b1 = Second<TVectors>(b);
            Three<THeight, TVectors, TDepthStride>(0, a0, 0, s, b0, b1, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21);
            Three<THeight, TVectors, TDepthStride>(3, a3, 0, s, b0, b1, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            Three<THeight, TVectors, TDepthStride>(6, a6, 0, s, b0, b1, ref c60, ref c61, ref c70, ref c71, ref c80, ref c81);
            Three<THeight, TVectors, TDepthStride>(9, a9, 0, s, b0, b1, ref c90, ref c91, ref ca0, ref ca1, ref cb0, ref cb1);
            if (TDepthStride.Value != 1) { a0 += step; a3 += step; a6 += step; a9 += step; }
            b0 = TSimd.Load(b + width);
            b1 = Second<TVectors>(b + width);
            Three<THeight, TVectors, TDepthStride>(0, a0, 1, s, b0, b1, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21);
            Three<THeight, TVectors, TDepthStride>(3, a3, 1, s, b0, b1, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            Three<THeight, TVectors, TDepthStride>(6, a6, 1, s, b0, b1, ref c60, ref c61, ref c70, ref c71, ref c80, ref c81);
            Three<THeight, TVectors, TDepthStride>(9, a9, 1, s, b0, b1, ref c90, ref c91, ref ca0, ref ca1, ref cb0, ref cb1);
            if (TDepthStride.Value != 1) { a0 += step; a3 += step; a6 += step; a9 += step; }
            b0 = TSimd.Load(b + (2 * width));
            b1 = Second<TVectors>(b + (2 * width));
            Three<THeight, TVectors, TDepthStride>(0, a0, 2, s, b0, b1, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21);
            Three<THeight, TVectors, TDepthStride>(3, a3, 2, s, b0, b1, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            Three<THeight, TVectors, TDepthStride>(6, a6, 2, s, b0, b1, ref c60, ref c61, ref c70, ref c71, ref c80, ref c81);
            Three<THeight, TVectors, TDepthStride>(9, a9, 2, s, b0, b1, ref c90, ref c91, ref ca0, ref ca1, ref cb0, ref cb1);
            if (TDepthStride.Value != 1) { a0 += step; a3 += step; a6 += step; a9 += step; }
            b0 = TSimd.Load(b + (3 * width));
            b1 = Second<TVectors>(b + (3 * width));
            Three<THeight, TVectors, TDepthStride>(0, a0, 3, s, b0, b1, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21);
            Three<THeight, TVectors, TDepthStride>(3, a3, 3, s, b0, b1, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            Three<THeight, TVectors, TDepthStride>(6, a6, 3, s, b0, b1, ref c60, ref c61, ref c70, ref c71, ref c80, ref c81);
            Three<THeight, TVectors, TDepthStride>(9, a9, 3, s, b0, b1, ref c90, ref c91, ref ca0, ref ca1, ref cb0, ref cb1);
            a0 += step;
            a3 += step;
            a6 += step;
            a9 += step;
            b += 4 * width;
            CacheHint.Prefetch(ahead);
            ahead += CacheHint.LineFloats;
        }

        step = TDepthStride.Value == 1 ? 1 : step;
        for (; depth > 0; depth--)
        {
            b0 = TSimd.Load(b);
            b1 = Second<TVectors>(b);
            Three<THeight, TVectors, TDepthStride>(0, a0, 0, s, b0, b1, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21);
            Three<THeight, TVectors, TDepthStride>(3, a3, 0, s, b0, b1, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            Three<THeight, TVectors, TDepthStride>(6, a6, 0, s, b0, b1, ref c60, ref c61, ref c70, ref c71, ref c80, ref c81);
            Three<THeight, TVectors, TDepthStride>(9, a9, 0, s, b0, b1, ref c90, ref c91, ref ca0, ref ca1, ref cb0, ref cb1);
            a0 += step;
            a3 += step;
            a6 += step;
            a9 += step;
            b += width;
        }

        var partial = run->Partials;
        for (var count = run->PartialCount; count > 0; count--)
        {
            Add<TVectors>(partial, ref c00, ref c01);
            if (THeight.Value > 1) Add<TVectors>(partial + (1 * width), ref c10, ref c11);
            if (THeight.Value > 2) Add<TVectors>(partial + (2 * width), ref c20, ref c21);
            if (THeight.Value > 3) Add<TVectors>(partial + (3 * width), ref c30, ref c31);
            if (THeight.Value > 4) Add<TVectors>(partial + (4 * width), ref c40, ref c41);
            if (THeight.Value > 5) Add<TVectors>(partial + (5 * width), ref c50, ref c51);
            if (THeight.Value > 6) Add<TVectors>(partial + (6 * width), ref c60, ref c61);
            if (THeight.Value > 7) Add<TVectors>(partial + (7 * width), ref c70, ref c71);
            if (THeight.Value > 8) Add<TVectors>(partial + (8 * width), ref c80, ref c81);
            if (THeight.Value > 9) Add<TVectors>(partial + (9 * width), ref c90, ref c91);
            if (THeight.Value > 10) Add<TVectors>(partial + (10 * width), ref ca0, ref ca1);
            if (THeight.Value > 11) Add<TVectors>(partial + (11 * width), ref cb0, ref cb1);
            partial -= TRows.Value * 2 * TSimd.Count;
        }

        var c = run->C;
        var stride = run->Stride;
        if (run->Add)
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
    private static TVector Second<TVectors>(float* b)
        where TVectors : struct, ITileSize => TVectors.Value > 1 ? TSimd.Load(b + TSimd.Count) : default;

    /// <summary>One k for the rows <paramref name="first"/> (a constant) to <paramref name="first"/> + 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Three<THeight, TVectors, TDepthStride>(
        int first, float* a, int k, nint s, TVector b0, TVector b1,
        ref TVector c00, ref TVector c01, ref TVector c10, ref TVector c11, ref TVector c20, ref TVector c21)
        where THeight : struct, ITileSize
        where TVectors : struct, ITileSize
        where TDepthStride : struct, ITileSize
    {
        var offset = k * TDepthStride.Value;
        if (THeight.Value > first) Step<TVectors>(a + offset, b0, b1, ref c00, ref c01);
        if (THeight.Value > first + 1) Step<TVectors>(a + s + offset, b0, b1, ref c10, ref c11);
        if (THeight.Value > first + 2) Step<TVectors>(a + (2 * s) + offset, b0, b1, ref c20, ref c21);
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
