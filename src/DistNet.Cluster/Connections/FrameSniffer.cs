namespace DistNet.Cluster;

/// <summary>Tells frames from HTTP by their first bytes.</summary>
internal static class FrameSniffer
{
    public const int Length = 4;

    /// <summary>No method of HTTP begins like this; a wrong version of it is the frame reader's to refuse.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> first) => first.StartsWith("DNF"u8);
}
