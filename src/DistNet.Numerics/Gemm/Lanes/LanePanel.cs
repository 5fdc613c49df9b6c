namespace DistNet.Numerics;

/// <summary>
/// One panel of a sum over lanes, tile by tile. Partial sums are tiles too, which stay in the first cache; the lowest is C itself.
/// </summary>
internal readonly unsafe ref struct LanePanel<TTile>
    where TTile : struct, IGemmTile
{
    private readonly TileLeft _left;
    private readonly LanePlan _plan;
    private readonly Matrix _c;
    private readonly float* _panel;
    private readonly float* _slots;
    private readonly int _width;

    /// <param name="left">All rows of the block, for all lanes.</param>
    /// <param name="b">The right side.</param>
    /// <param name="plan">Order of the sums.</param>
    /// <param name="block">The part of C.</param>
    /// <param name="c">C.</param>
    /// <param name="scratch">Memory for partial sums.</param>
    public LanePanel(TileLeft left, PackedMatrix b, LanePlan plan, GemmRegion block, Matrix c, GemmScratch scratch)
    {
        _left = left;
        _plan = plan;
        _c = block.Of(c);
        _panel = b.Panel(block.Column, 0);
        _width = b.Kernel.PanelWidth(block.Columns);
        _slots = scratch.Tiles(SlotSize * plan.Slots);
    }

    private static int SlotSize => TTile.Rows * TTile.Columns;

    private bool IsEdge => _c.Columns < _width;

    public void Compute()
    {
        var c = _c.Pointer;
        for (int row = 0, height; row < _c.Rows; row += height)
        {
            height = TileHeights.Next(_c.Rows - row, TTile.Rows);
            CacheHint.Prefetch(c + (height * (nint)_c.Stride), _c.Stride, height, _width);
            Sum(row, height, c);
            if (IsEdge)
            {
                EdgeTile.Copy(_slots, _width, c, _c.Stride, height, _c.Columns);
            }

            c += (nint)height * _c.Stride;
        }
    }

    private void Sum(int row, int height, float* c)
    {
        var run = new TileRun();
        _left.Describe(ref run, row, height);
        var a = run.A;
        var kernel = TTile.Kernel(height, _width < TTile.Columns, rowMajor: false);
        foreach (var step in _plan.Steps)
        {
            var isInC = step.Slot == 0 && !IsEdge;
            var adds = step.Adds > 0;
            run.Depth = step.Rows;
            run.A = a + (step.First * run.AStride);
            run.B = run.Ahead = _panel + ((nint)step.First * _width);
            run.Partials = Slot(step.Slot + step.Adds - 1);
            run.PartialCount = isInC && adds ? step.Adds - 1 : step.Adds;
            run.C = isInC ? c : Slot(step.Slot);
            run.Stride = isInC ? _c.Stride : _width;
            run.Add = isInC && adds;
            kernel(&run);
        }
    }

    private float* Slot(int index) => _slots + ((nint)index * SlotSize);
}
