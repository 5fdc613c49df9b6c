namespace DistNet.Numerics;

/// <summary>One tile of a sum over lanes. Partial sums are tiles, which stay in the first cache; the lowest is C itself.</summary>
internal static unsafe class LaneTile<TTile>
    where TTile : struct, IGemmTile
{
    public static void Sum(GemmOperand left, PackedMatrix b, LanePlan plan, GemmRegion tile, Matrix c, GemmScratch scratch)
    {
        var width = b.Kernel.PanelWidth(tile.Columns);
        var size = TTile.Rows * TTile.Columns;
        var slots = scratch.Tiles(size * plan.Slots);
        var target = c.Pointer + ((nint)tile.Row * c.Stride) + tile.Column;
        var isEdge = tile.Columns < width;
        var run = new TileRun { RowStride = 1, DepthStride = left.Stride };
        var panel = b.Panel(tile.Column, 0);
        foreach (var step in plan.Steps)
        {
            var slot = slots + (step.Slot * size);
            run.Depth = step.Rows;
            run.A = left.At(tile.Row, step.First);
            run.B = panel + ((nint)step.First * width);
            run.Add = step.Add;
            run.From = step.Add && step.Rows == 0 ? slot + size : null;
            run.FromStride = width;
            run.C = step.Slot > 0 || isEdge ? slot : target;
            run.Stride = step.Slot > 0 || isEdge ? width : c.Stride;
            TTile.Run(tile.Rows, width < TTile.Columns, run);
        }

        if (isEdge)
        {
            EdgeTile.Copy(slots, width, target, c.Stride, tile.Rows, tile.Columns);
        }
    }
}
