namespace DistNet.Numerics;

/// <summary>
/// Block sizes of the product, found by measurement. A panel of the right side streams from the second cache while a tile is computed,
/// a block of the left side stays there. They change speed, never bits.
/// </summary>
internal static class GemmBlocking
{
    private const int MaximumDepth = 1024;
    private const int LeftFloatsPerColumn = 4096;
    private const int NarrowGroup = 64;
    private const int WideGroup = 512;

    // Rows this far apart fall into the same places of the first cache and push each other out.
    private const int AliasingStride = 1024;

    /// <summary>Steps of k in a block: K in equal blocks, so that no short one is left over.</summary>
    public static int Depth(int depth) => Even(depth, MaximumDepth, 8);

    /// <summary>Rows of a block; a kernel with wide tiles comes with a large second cache.</summary>
    public static int Rows(int rows, int depth, int tileRows, int tileColumns) =>
        Even(rows, Math.Max(tileRows, LeftFloatsPerColumn * tileColumns / Math.Max(1, depth)), tileRows);

    /// <summary>
    /// Columns whose right side is packed together: few, so that they are used while they are in the cache, unless the left
    /// side is packed again for every group or nothing is packed at all.
    /// </summary>
    public static int GroupColumns(bool packsLeft, bool packsRight) => packsLeft || !packsRight ? WideGroup : NarrowGroup;

    /// <summary>Whether the left side is worth packing: its rows are read once for each panel, and awkwardly where they lie far apart.</summary>
    public static bool PacksLeft(GemmOperand left, GemmRegion region, int tileColumns)
    {
        var panels = region.Columns / tileColumns;
        return left.DepthIsRows ? panels >= 2 : panels >= 4 && (left.Stride % AliasingStride == 0 || region.Rows >= 256);
    }

    private static int Even(int length, int maximum, int multiple)
    {
        var blocks = (length + maximum - 1) / maximum;
        return blocks <= 1 ? length : PanelPacking.RoundUp((length + blocks - 1) / blocks, multiple);
    }
}
