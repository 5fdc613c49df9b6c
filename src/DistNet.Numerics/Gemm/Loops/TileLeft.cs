namespace DistNet.Numerics;

/// <summary>
/// A block of the left side as tiles read it: where it lies, or packed. Packed tiles follow one another, each as high as it is:
/// the floats of one k lie together.
/// </summary>
internal readonly unsafe struct TileLeft
{
    private readonly float* _start;
    private readonly nint _rowStride;
    private readonly nint _depthStride;
    private readonly int _depth;
    private readonly bool _isPacked;

    /// <summary>Unpacked.</summary>
    public TileLeft(GemmOperand operand, int row, int k)
    {
        _start = operand.At(row, k);
        _rowStride = operand.DepthIsRows ? 1 : operand.Stride;
        _depthStride = operand.DepthIsRows ? operand.Stride : 1;
    }

    public TileLeft(float* packed, int depth)
    {
        _start = packed;
        _rowStride = 1;
        _depth = depth;
        _isPacked = true;
    }

    /// <param name="run">Is told where the tile's rows are.</param>
    /// <param name="row">First row of the tile, counted in the block.</param>
    /// <param name="height">Rows of the tile.</param>
    public void Describe(ref TileRun run, int row, int height)
    {
        run.A = _start + (row * (_isPacked ? _depth : _rowStride));
        run.RowStride = _rowStride;
        run.DepthStride = _isPacked ? height : _depthStride;
    }
}
