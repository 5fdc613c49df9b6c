namespace DistNet.Cluster;

/// <summary>Whether processes of this machine can keep tensors in memory that both map.</summary>
public static class MemorySharingProbe
{
    /// <summary>Tries it: makes such memory, and maps it as another process of this user would.</summary>
    public static bool Works()
    {
        var peer = SharedMemory.TryCreate() is { } memory ? PeerMemory.TryMap(memory.Offer) : null;
        peer?.Close();
        return peer is not null;
    }
}
