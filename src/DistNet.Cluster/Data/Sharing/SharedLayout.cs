namespace DistNet.Cluster;

/// <summary>
/// What is where in shared memory: random characters by which its mapper knows that it has the right one, then a byte for each tensor that may
/// be lent at a time, then the tensors. The owner sets a byte when it lends, the holder clears it with its last release; so nothing need be said,
/// and no connection be there.
/// </summary>
internal static class SharedLayout
{
    public const int MarkLength = 64;
    public const int Slots = 1 << 16;
    public const int TensorsBegin = MarkLength + Slots;
}
