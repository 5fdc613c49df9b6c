namespace DistNet.Wire;

/// <summary>What two peers must agree on before they exchange frames.</summary>
public static class WireProtocol
{
    /// <summary>
    /// Raised with every change of a frame or of a message's meaning. Peers compare it when they connect; those that differ do not talk.
    /// </summary>
    public const int Version = 6;
}
