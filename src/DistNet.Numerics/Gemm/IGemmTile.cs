namespace DistNet.Numerics;

/// <summary>
/// The innermost loop of the product, and the only part that knows the processor: a new instruction set adds one of these
/// and one line in <see cref="GemmKernel"/>.
/// </summary>
internal unsafe interface IGemmTile
{
    /// <summary>Rows of a tile; divides <see cref="GemmBlocking.Rows"/>.</summary>
    public static abstract int Rows { get; }

    /// <summary>Columns of a tile; divides <see cref="GemmBlocking.Columns"/>.</summary>
    public static abstract int Columns { get; }

    public static abstract bool IsSupported { get; }

    /// <summary>
    /// For each element of the tile, continues (or starts at 0) one chain of <paramref name="depth"/> fused multiply-adds in
    /// the order of k. Always a whole tile.
    /// </summary>
    /// <param name="depth">Number of steps; may be 0.</param>
    /// <param name="a">Packed panel, <see cref="Rows"/> floats a step.</param>
    /// <param name="b">Packed panel, <see cref="Columns"/> floats a step, aligned to a vector.</param>
    /// <param name="c">First element of the tile; no alignment.</param>
    /// <param name="stride">Floats from one row of the tile to the next.</param>
    /// <param name="accumulate">Whether the chains continue from C.</param>
    public static abstract void Run(int depth, float* a, float* b, float* c, int stride, bool accumulate);
}
