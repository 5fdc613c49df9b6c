namespace DistNet.Numerics;

/// <summary>How a block's rows are divided into tiles.</summary>
internal static class TileHeights
{
    // A tile of fewer rows has too few chains to hide the latency of its additions and costs as much as one of four.
    private const int Worthwhile = 4;

    /// <summary>Rows of the next tile; where a very low tile would be left over, the last two share the rows.</summary>
    public static int Next(int rowsLeft, int tileRows)
    {
        var beyond = rowsLeft - tileRows;
        return beyond <= 0 ? rowsLeft : beyond < Worthwhile ? (rowsLeft + 1) / 2 : tileRows;
    }
}
