namespace DistNet.Numerics;

/// <summary>
/// A block of the left side as tiles read it: where it lies, or packed. Packed tiles follow one another, each as high as it is:
/// the floats of one k lie together.
/// </summary>
internal readonly unsafe struct TileLeft
{
    private readonly float* _start;
    private readonly nint _stride;
    private readonly int _depth;

    /// <summary>Where it lies.</summary>
    public TileLeft(GemmOperand operand, int row, int k)
    {
        _start = operand.At(row, k);
        _stride = operand.Stride;
        IsRowMajor = !operand.DepthIsRows;
    }

    public TileLeft(float* packed, int depth)
    {
        _start = packed;
        _depth = depth;
        IsPacked = true;
    }

    public bool IsRowMajor { get; }

    private bool IsPacked { get; }

    /// <param name="run">Is told where the tile's rows are.</param>
    /// <param name="row">First row of the tile, counted in the block.</param>
    /// <param name="height">Rows of the tile.</param>
    public void Describe(ref TileRun run, int row, int height)
    {
        run.A = _start + (row * (IsPacked ? _depth : IsRowMajor ? _stride : 1));
        run.AStride = IsPacked ? height : _stride;
    }
}
