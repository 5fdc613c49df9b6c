namespace DistNet.Numerics;

/// <summary>What a tile kernel computes: for each element one chain of <see cref="Depth"/> fused multiply-adds in the order of k.</summary>
internal unsafe struct TileRun
{
    public const int StepsPerLine = 4;

    /// <summary>Steps of k; may be 0.</summary>
    public int Depth;

    /// <summary>The left side. Element (row, k) lies at A[row * AStride + k] when it is row-major, else at A[row + k * AStride].</summary>
    public float* A;
    public nint AStride;

    /// <summary>Packed panel: the floats of one k lie together.</summary>
    public float* B;

    /// <summary>
    /// What will be needed next: brought into the second cache meanwhile, a line every <see cref="StepsPerLine"/> steps. Where there is
    /// nothing, what is there already: an address without memory would be looked up at every step.
    /// </summary>
    public float* Ahead;

    /// <summary>Where the chains start: rows of floats, <see cref="FromStride"/> apart (0: one row for all); null starts at zero.</summary>
    public float* From;
    public nint FromStride;

    /// <summary>
    /// Tiles of partial sums, in memory for a whole tile each, rows as wide as the tile. They are added to the result one after the
    /// other, from this one downwards.
    /// </summary>
    public float* Partials;
    public int PartialCount;

    /// <summary>Where the results go; no alignment.</summary>
    public float* C;
    public nint Stride;

    /// <summary>Whether C becomes C + result, added once, and not the result.</summary>
    public bool Add;
}
