namespace DistNet.Cluster;

/// <summary>What becomes of one frame on its way.</summary>
/// <param name="By">How much later it leaves.</param>
/// <param name="IsDropped">It is lost, and its connection with it.</param>
/// <param name="IsRepeated">It leaves twice.</param>
/// <param name="DamagedByte">Which of its bytes is altered; -1: none.</param>
internal readonly record struct FrameFate(TimeSpan By, bool IsDropped, bool IsRepeated, int DamagedByte)
{
    public static readonly FrameFate Untouched = new(TimeSpan.Zero, false, false, -1);
}
