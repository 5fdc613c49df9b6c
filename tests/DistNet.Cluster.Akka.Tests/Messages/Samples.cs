using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Messages that may go through Akka.</summary>
internal static class Samples
{
    /// <summary>All but those with tensors, by name.</summary>
    public static IReadOnlyList<Type> Plain { get; } = [.. Draw.Messages.Where(type => !WireMessages.WithTensor.Contains(type.Name)).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static Mail Mail(Type message, int seed)
    {
        using var pool = new TensorPool();
        return new Mail(new Draw(seed, pool).Envelope(message));
    }
}
