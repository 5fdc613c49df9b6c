namespace DistNet.Numerics;

/// <summary>
/// Block sizes of the product: a panel of the right side stays in the first cache, a block of the left side in the second. They
/// change speed, never bits.
/// </summary>
internal static class GemmBlocking
{
    public static int PanelFloats = Env("PANEL", 32768);
    public static int LeftFloats = Env("LEFT", 1 << 17);
    public static int GroupColumns = Env("GROUP", 64);
    public static int PackLeft = Env("PACKLEFT", 2);
    public static long Small = Env("SMALL", 1000000);
    public static int PerThread = Env("PARTS", 2);
    public static int Split = Env("SPLIT", 0);

    private static int Env(string name, int value) => int.TryParse(Environment.GetEnvironmentVariable("GEMM_" + name), System.Globalization.CultureInfo.InvariantCulture, out var v) ? v : value;

    /// <summary>Steps of k in a block: K in equal blocks, so that no short one is left over.</summary>
    public static int Depth(int depth, int tileColumns) => Even(depth, PanelFloats / tileColumns, 8);

    public static bool PacksLeft(GemmOperand left, GemmRegion region, int tileColumns)
    {
        var panels = region.Columns / tileColumns;
        return left.DepthIsRows ? panels >= 2 : panels >= 4 && (left.Stride % 1024 == 0 || region.Rows >= 256);
    }

    /// <summary>Rows of a block.</summary>
    public static int Rows(int rows, int depth, int tileRows) => Even(rows, Math.Max(tileRows, LeftFloats / Math.Max(1, depth)), tileRows);

    private static int Even(int length, int maximum, int multiple)
    {
        var blocks = (length + maximum - 1) / maximum;
        return blocks <= 1 ? length : PanelPacking.RoundUp((length + blocks - 1) / blocks, multiple);
    }
}
