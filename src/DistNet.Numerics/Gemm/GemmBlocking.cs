namespace DistNet.Numerics;

/// <summary>
/// Block sizes of the product: a panel of the right side (Depth x tile columns) stays in the first cache, a block of the left
/// side (Rows x Depth) in the second. The same on every processor. They change speed, never bits.
/// </summary>
internal static class GemmBlocking
{
    public const int Rows = 144;
    public const int Columns = 2048;
    private const int MaximumDepth = 384;

    /// <summary>K split into equal blocks of at most the maximum, in multiples of 8, so that no short one is left over.</summary>
    public static int Depth(int depth)
    {
        var blocks = (depth + MaximumDepth - 1) / MaximumDepth;
        return blocks <= 1 ? depth : GemmPacking.RoundUp((depth + blocks - 1) / blocks, 8);
    }
}
