using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

/// <summary>Frames as bytes.</summary>
internal static class Frame
{
    public static byte[] Of<T>(in T message, ActorId from = default, ActorId to = default)
        where T : struct, IMessage
    {
        using var stream = new MemoryStream();
        new FrameWriter(stream).WriteAsync(Envelope<T>.Rent(from, 1, to, message), default).AsTask().GetAwaiter().GetResult();
        return stream.ToArray();
    }

    /// <summary>A prologue that announces so much.</summary>
    public static byte[] Announcing(uint headerBytes, uint payloadBytes) =>
        [.. "DNF2"u8, .. BitConverter.GetBytes(headerBytes), .. BitConverter.GetBytes(payloadBytes), 1, 2, 3, 4];
}
