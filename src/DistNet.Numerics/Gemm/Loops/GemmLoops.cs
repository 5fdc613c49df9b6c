using System.Numerics.Tensors;

namespace DistNet.Numerics;

/// <summary>
/// The loops around a tile (Goto and van de Geijn 2008): groups of columns, blocks of k, blocks of rows; then panels and tiles.
/// A later block of k continues the chains that the earlier one left in C.
/// </summary>
internal sealed unsafe class GemmLoops<TTile>(string name) : GemmKernel(name)
    where TTile : struct, IGemmTile
{
    internal override bool IsSupported => TTile.IsSupported;

    internal override int TileRows => TTile.Rows;

    internal override int TileColumns => TTile.Columns;

    internal override void PackRight(GemmOperand right, int column, int columns, int k, int depth, float* panels, nint panelStride)
    {
        var done = 0;
        if (right.DepthIsRows)
        {
            var whole = columns / TTile.Columns;
            PanelPacking.PackPanels<TTile>(right.At(column, k), right.Stride, whole, depth, panels, panelStride);
            panels += whole * panelStride;
            done = whole * TTile.Columns;
        }

        for (; done < columns; done += TTile.Columns)
        {
            var count = Math.Min(TTile.Columns, columns - done);
            PanelPacking.Pack(right, column + done, count, k, depth, panels, PanelWidth(count));
            panels += panelStride;
        }
    }

    internal override void Multiply(in MatrixProduct product, GemmRegion region, GemmScratch scratch)
    {
        var packsLeft = product.Scale != 1 || GemmBlocking.PacksLeft(product.Left, region, TTile.Columns);
        var group = GemmBlocking.GroupColumns(packsLeft, product.Packed is null);
        for (var done = 0; done < region.Columns; done += group)
        {
            var columns = Math.Min(group, region.Columns - done);
            MultiplyGroup(product, region with { Column = region.Column + done, Columns = columns }, packsLeft, scratch);
        }
    }

    internal override void Multiply(Matrix a, PackedMatrix b, LanePlan plan, Matrix c, GemmRegion region, GemmScratch scratch)
    {
        var operand = new GemmOperand(a, true);
        var blockRows = GemmBlocking.Rows(region.Rows, operand.Depth, TTile.Rows, TTile.Columns);
        for (var row = 0; row < region.Rows; row += blockRows)
        {
            var block = region with { Row = region.Row + row, Rows = Math.Min(blockRows, region.Rows - row) };
            var left = PackLeft(operand, 1, block, 0, operand.Depth, scratch);
            for (var done = 0; done < region.Columns; done += TTile.Columns)
            {
                var columns = Math.Min(TTile.Columns, region.Columns - done);
                var panel = block with { Column = region.Column + done, Columns = columns };
                new LanePanel<TTile>(left, b, plan, panel, c, scratch).Compute();
            }
        }
    }

    private void MultiplyGroup(in MatrixProduct product, GemmRegion region, bool packsLeft, GemmScratch scratch)
    {
        var blockDepth = GemmBlocking.Depth(product.Depth);
        var k = 0;
        do
        {
            var depth = Math.Min(blockDepth, product.Depth - k);
            var right = Right(product, region, k, depth, scratch);
            var blockRows = GemmBlocking.Rows(region.Rows, depth, TTile.Rows, TTile.Columns);
            for (var row = 0; row < region.Rows; row += blockRows)
            {
                var block = region with { Row = region.Row + row, Rows = Math.Min(blockRows, region.Rows - row) };
                var left = packsLeft
                    ? PackLeft(product.Left, product.Scale, block, k, depth, scratch)
                    : new TileLeft(product.Left, block.Row, k);
                MultiplyBlock(product, block, k, depth, left, right, scratch);
            }

            k += depth;
        }
        while (k < product.Depth);
    }

    private TileRight Right(in MatrixProduct product, GemmRegion region, int k, int depth, GemmScratch scratch)
    {
        if (product.Packed is { } packed)
        {
            return new TileRight(packed.Panel(region.Column, 0), packed.PanelStride, k);
        }

        nint panelStride = TTile.Columns * depth;
        var panels = scratch.Right(PanelPacking.RoundUp(region.Columns, TTile.Columns) * depth);
        PackRight(product.Right, region.Column, region.Columns, k, depth, panels, panelStride);
        return new TileRight(panels, panelStride, 0);
    }

    private static TileLeft PackLeft(GemmOperand left, float scale, GemmRegion block, int k, int depth, GemmScratch scratch)
    {
        var length = block.Rows * depth;
        var packed = scratch.Left(length);
        for (int row = 0, height; row < block.Rows; row += height)
        {
            height = TileHeights.Next(block.Rows - row, TTile.Rows);
            PanelPacking.Pack(left, block.Row + row, height, k, depth, packed + ((nint)row * depth), height);
        }

        if (scale != 1)
        {
            TensorPrimitives.Multiply(new ReadOnlySpan<float>(packed, length), scale, new Span<float>(packed, length));
        }

        return new TileLeft(packed, depth);
    }

    private void MultiplyBlock(
        in MatrixProduct product, GemmRegion block, int k, int depth, TileLeft left, TileRight right, GemmScratch scratch)
    {
        for (var done = 0; done < block.Columns; done += TTile.Columns)
        {
            var panel = block with { Column = block.Column + done, Columns = Math.Min(TTile.Columns, block.Columns - done) };
            var width = PanelWidth(panel.Columns);
            var index = done / TTile.Columns;
            var run = new TileRun { Depth = depth, B = right.Panel(index, width) };
            run.Ahead = done + TTile.Columns < block.Columns ? right.Panel(index + 1, width) : run.B;
            Start(product, panel, k, ref run);
            MultiplyPanel(left, panel.Of(product.C), run, width, scratch);
        }

        if (k + depth == product.Depth)
        {
            product.Epilogue?.Apply(block.Of(product.C), block.Row, block.Column);
        }
    }

    /// <summary>Where the chains of a panel begin.</summary>
    private static void Start(in MatrixProduct product, GemmRegion panel, int k, ref TileRun run)
    {
        if (k > 0 || product.Accumulate)
        {
            run.From = panel.Of(product.C).Pointer;
            run.FromStride = product.C.Stride;
        }
        else if (product.Bias != null)
        {
            run.From = product.Bias + panel.Column;
        }
    }

    private static void MultiplyPanel(TileLeft left, Matrix c, TileRun run, int width, GemmScratch scratch)
    {
        run.C = c.Pointer;
        run.Stride = c.Stride;
        nint asked = run.Depth / TileRun.StepsPerLine * CacheHint.LineFloats;
        var aheadEnd = run.Ahead + ((nint)run.Depth * width);
        for (int row = 0, height; row < c.Rows; row += height)
        {
            height = TileHeights.Next(c.Rows - row, TTile.Rows);
            left.Describe(ref run, row, height);
            if (c.Columns == width)
            {
                CacheHint.Prefetch(run.C + (height * run.Stride), run.Stride, height, width);
                TTile.Kernel(height, width < TTile.Columns, left.IsRowMajor)(&run);
            }
            else
            {
                EdgeTile.Run<TTile>(height, c.Columns, width, left.IsRowMajor, run, scratch);
            }

            run.Ahead = run.Ahead + asked < aheadEnd ? run.Ahead + asked : run.B;
            run.C += height * run.Stride;
            run.From += height * run.FromStride;
        }
    }
}
