namespace DistNet.Numerics;

/// <summary>
/// The loops around a tile (Goto and van de Geijn 2008): blocks of columns, of k, of rows; then tiles of columns and of rows.
/// Both sides are packed. A later block of k continues the chains that the earlier one left in C.
/// </summary>
internal sealed unsafe class GemmLoops<TTile>(string name) : GemmKernel(name)
    where TTile : struct, IGemmTile
{
    internal override bool IsSupported => TTile.IsSupported;

    internal override int TileColumns => TTile.Columns;

    internal override void Multiply(GemmOperand left, GemmOperand right, Matrix c, bool accumulate, GemmScratch scratch)
    {
        var blockDepth = GemmBlocking.Depth(left.Depth);
        for (var column = 0; column < c.Columns; column += GemmBlocking.Columns)
        {
            var columns = Math.Min(GemmBlocking.Columns, c.Columns - column);
            for (var k = 0; k < left.Depth; k += blockDepth)
            {
                var depth = Math.Min(blockDepth, left.Depth - k);
                var b = scratch.Right(GemmPacking.Length(columns, depth, TTile.Columns));
                GemmPacking.Pack(right, column, columns, k, depth, TTile.Columns, b);
                MultiplyStripe(left, k, depth, b, Part(c, 0, c.Rows, column, columns), accumulate || k > 0, scratch);
            }
        }
    }

    private static void MultiplyStripe(GemmOperand left, int k, int depth, float* b, Matrix c, bool accumulate, GemmScratch scratch)
    {
        for (var row = 0; row < c.Rows; row += GemmBlocking.Rows)
        {
            var rows = Math.Min(GemmBlocking.Rows, c.Rows - row);
            var a = scratch.Left(GemmPacking.Length(rows, depth, TTile.Rows));
            GemmPacking.Pack(left, row, rows, k, depth, TTile.Rows, a);
            MultiplyBlock(depth, a, b, c.RowRange(row, rows), accumulate, scratch);
        }
    }

    private static void MultiplyBlock(int depth, float* a, float* b, Matrix c, bool accumulate, GemmScratch scratch)
    {
        for (var column = 0; column < c.Columns; column += TTile.Columns, b += (nint)TTile.Columns * depth)
        {
            var columns = Math.Min(TTile.Columns, c.Columns - column);
            var panel = a;
            for (var row = 0; row < c.Rows; row += TTile.Rows, panel += (nint)TTile.Rows * depth)
            {
                var rows = Math.Min(TTile.Rows, c.Rows - row);
                var target = c.Pointer + ((nint)row * c.Stride) + column;
                if (rows == TTile.Rows && columns == TTile.Columns)
                {
                    TTile.Run(depth, panel, b, target, c.Stride, accumulate);
                }
                else
                {
                    RunOverEdge(depth, panel, b, new Matrix(target, rows, columns, c.Stride), accumulate, scratch);
                }
            }
        }
    }

    /// <summary>A tile that reaches over the edge of C is computed beside it; the part past the edge is dropped.</summary>
    private static void RunOverEdge(int depth, float* a, float* b, Matrix c, bool accumulate, GemmScratch scratch)
    {
        var tile = new Matrix(scratch.Tile(TTile.Rows * TTile.Columns), TTile.Rows, TTile.Columns);
        if (accumulate)
        {
            CopyRows(c, tile, c.Rows, c.Columns);
        }

        TTile.Run(depth, a, b, tile.Pointer, tile.Stride, accumulate);
        CopyRows(tile, c, c.Rows, c.Columns);
    }

    private static void CopyRows(Matrix from, Matrix to, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            from.Row(row)[..columns].CopyTo(to.Row(row));
        }
    }

    private static Matrix Part(Matrix c, int row, int rows, int column, int columns) =>
        new(c.Pointer + ((nint)row * c.Stride) + column, rows, columns, c.Stride);
}
