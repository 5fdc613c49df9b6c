using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using DistNet.Wire;

namespace DistNet.Cluster.Akka;

/// <summary>
/// <see cref="Mail"/> to and from bytes: its manifest is the message's name, its bytes are the message's frame. There is no other way for anything of ours.
/// Called by several threads at a time.
/// </summary>
internal sealed class WireSerializer : SerializerWithStringManifest
{
    /// <summary>Akka has those up to 40.</summary>
    public const int Number = 7070;

    /// <summary>
    /// Registers the serializer, and puts <see cref="RefusingSerializer"/> where Akka has JSON for whatever has no serializer of its own: nothing is written as
    /// JSON, and nothing is read as JSON that somebody sends. Clients' wrappers go through the serializer that Akka has for them.
    /// </summary>
    public const string Hocon =
        """
        akka.actor {
          serializers {
            distnet-wire = "DistNet.Cluster.Akka.WireSerializer, DistNet.Cluster.Akka"
            json = "DistNet.Cluster.Akka.RefusingSerializer, DistNet.Cluster.Akka"
          }
          serialization-bindings {
            "DistNet.Cluster.Akka.Mail, DistNet.Cluster.Akka" = distnet-wire
            "System.Object" = json
          }
          serialization-identifiers {
            "DistNet.Cluster.Akka.WireSerializer, DistNet.Cluster.Akka" = 7070
            "DistNet.Cluster.Akka.RefusingSerializer, DistNet.Cluster.Akka" = 7071
          }
        }
        akka.cluster.client.use-legacy-serialization = off
        """;

    private readonly ThreadLocal<ControlFrames> _frames;
    private readonly long _mostBytes;

    public WireSerializer(ExtendedActorSystem system)
        : base(system)
    {
        _mostBytes = FrameBudget.LimitOf(system.Settings.Config) is { } limit ? limit - FrameBudget.Overhead : FrameLimits.Default.MaxHeaderBytes;
        var limits = FrameLimits.Default with { MaxHeaderBytes = (int)Math.Clamp(_mostBytes, 0, int.MaxValue), MaxPayloadBytes = 0 };
        _frames = new ThreadLocal<ControlFrames>(() => new ControlFrames(limits));
    }

    public override int Identifier => Number;

    /// <exception cref="SerializationException">It is no mail that travels.</exception>
    public override string Manifest(object o) => o is not Mail mail ? throw new SerializationException($"{o.GetType()} is no {nameof(Mail)}; nothing else of ours is sent through Akka.")
        : WireMessages.NameOf(mail.Envelope) is not { } name ? throw new SerializationException($"{mail.Envelope.GetType()} does not travel.")
        : WireMessages.WithTensor.Contains(name) ? throw new SerializationException($"{name} has a tensor; tensors go over the data plane and never through Akka.")
        : name;

    /// <exception cref="SerializationException">It is no mail that travels, or longer than the transport's frames may be.</exception>
    public override byte[] ToBinary(object obj)
    {
        var name = Manifest(obj);
        var frame = _frames.Value!.Encode(((Mail)obj).Envelope);
        return frame.Length <= _mostBytes ? frame : throw new SerializationException(
            $"{name} has {frame.Length} bytes, but {FrameBudget.Setting} leaves room for {_mostBytes}; set it to at least {frame.Length + FrameBudget.Overhead} on all nodes.");
    }

    /// <exception cref="SerializationException">The bytes are not the frame of the message that the manifest names.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!WireMessages.WithoutTensor.Contains(manifest))
        {
            throw new SerializationException(WireMessages.WithTensor.Contains(manifest)
                ? $"{manifest} came through Akka; it has a tensor, and those go over the data plane."
                : $"'{manifest}' is no message of version {WireProtocol.Version} of the protocol; run the same version of distnet everywhere.");
        }

        var mail = new Mail(Decode(bytes, manifest));
        var name = WireMessages.NameOf(mail.Envelope);
        return name == manifest ? mail : throw new SerializationException($"The manifest says {manifest}, but the frame is that of {name}.");
    }

    private Protocol.Envelope Decode(byte[] bytes, string manifest)
    {
        try
        {
            return _frames.Value!.Decode(bytes);
        }
        catch (WireException e)
        {
            throw new SerializationException($"Bad frame of {manifest}: {e.Message}", e);
        }
    }
}
