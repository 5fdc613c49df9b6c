namespace DistNet.Wire;

/// <summary>What a reader accepts; looked at before anything is allocated for it.</summary>
/// <param name="MaxHeaderBytes">Length of a header. A large one is only given memory as its bytes arrive.</param>
/// <param name="MaxPayloadBytes">Length of a tensor; 0 where no tensors travel. A host that knows the run's partitions sets it from them.</param>
/// <param name="MaxListEntries">Entries of all lists of one message together.</param>
public sealed record FrameLimits(
    int MaxHeaderBytes = 16 << 20,
    int MaxPayloadBytes = 256 << 20,
    int MaxListEntries = 2 << 20)
{
    public static readonly FrameLimits Default = new();
}
