namespace DistNet.Wire;

/// <summary>
/// Bytes that are not what they should be: malformed, truncated, over a limit, wrongly summed, unknown or inconsistent. The message is
/// one sentence that names what was wrong. Where it comes from a connection, the connection is to be closed.
/// </summary>
public sealed class WireException : Exception
{
    public WireException(string message)
        : base(message)
    {
    }

    public WireException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
