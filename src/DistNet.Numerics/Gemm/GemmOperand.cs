namespace DistNet.Numerics;

/// <summary>
/// One side of a product as packing sees it: K steps deep, and as wide as the rows (left side) or columns (right side) of C.
/// Both sides are the same thing, so there is one way of packing.
/// </summary>
internal readonly unsafe struct GemmOperand
{
    /// <param name="matrix">The stored matrix.</param>
    /// <param name="depthIsRows">Whether k counts the stored rows, so that the wide direction is contiguous in memory.</param>
    public GemmOperand(Matrix matrix, bool depthIsRows)
    {
        Pointer = matrix.Pointer;
        Stride = matrix.Stride;
        DepthIsRows = depthIsRows;
        Depth = depthIsRows ? matrix.Rows : matrix.Columns;
        Width = depthIsRows ? matrix.Columns : matrix.Rows;
    }

    public float* Pointer { get; }

    public int Stride { get; }

    public bool DepthIsRows { get; }

    public int Depth { get; }

    public int Width { get; }

    public float* At(int index, int k) =>
        DepthIsRows ? Pointer + ((nint)k * Stride) + index : Pointer + ((nint)index * Stride) + k;
}
