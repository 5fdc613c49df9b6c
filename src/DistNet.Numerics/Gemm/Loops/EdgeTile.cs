namespace DistNet.Numerics;

/// <summary>A tile that reaches over the last column of C is computed beside it; what lies past the edge is dropped.</summary>
internal static unsafe class EdgeTile
{
    public static void Run<TTile>(int rows, int columns, int width, bool rowMajor, TileRun run, GemmScratch scratch)
        where TTile : struct, IGemmTile
    {
        var tile = scratch.Tiles(TTile.Rows * TTile.Columns);
        var target = run.C;
        if (run.From != null)
        {
            Copy(run.From, run.FromStride, tile, width, run.FromStride == 0 ? 1 : rows, columns);
            run.From = tile;
            run.FromStride = run.FromStride == 0 ? 0 : width;
        }

        run.C = tile;
        var stride = run.Stride;
        run.Stride = width;
        TTile.Kernel(rows, width < TTile.Columns, rowMajor)(&run);
        Copy(tile, width, target, stride, rows, columns);
    }

    public static void Copy(float* from, nint fromStride, float* to, nint toStride, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            PanelPacking.Copy(from + (row * fromStride), to + (row * toStride), columns);
        }
    }
}
