using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace DistNet.Cluster.Akka;

/// <summary>Stands where Akka has its JSON serializer: what has no serializer of its own is not sent, and cannot be.</summary>
internal sealed class RefusingSerializer : Serializer
{
    /// <summary>Akka has settings for the one whose place this takes, and hands them over.</summary>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system)
    {
        _ = settings;
    }

    public override int Identifier => WireSerializer.Number + 1;

    public override bool IncludeManifest => false;

    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType()} has no serializer; between nodes only {nameof(Mail)} and Akka's own messages travel.");

    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("Somebody sent what has no serializer; run the same version of distnet everywhere.");
}
