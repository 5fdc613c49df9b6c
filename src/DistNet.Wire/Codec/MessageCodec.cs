using DistNet.Protocol;
using Google.Protobuf;

namespace DistNet.Wire;

/// <summary>
/// Envelopes to and from headers. Reuses its generated messages, so that a message without lists allocates nothing; therefore a
/// reader and a writer have one each. Touches no tensor's contents.
/// </summary>
internal sealed class MessageCodec
{
    private readonly Dictionary<Type, BodyCodec> _byEnvelope;
    private readonly BodyCodec?[] _byNumber;
    private readonly V1.Header _outgoing = new() { From = new V1.ActorId(), To = new V1.ActorId() };
    private readonly V1.Header _incoming = new();
    private Google.Protobuf.IMessage _body = null!;
    private int _routeBytes;
    private int _bodyBytes;
    private uint _bodyTag;

    public MessageCodec()
    {
        var all = CreateBodies();
        _byEnvelope = all.ToDictionary(codec => codec.EnvelopeType);
        _byNumber = new BodyCodec?[all.Max(codec => codec.Number) + 1];
        foreach (var codec in all)
        {
            _byNumber[codec.Number] = codec;
        }
    }

    /// <summary>One codec for each message.</summary>
    public static BodyCodec[] CreateBodies() =>
        [.. MembershipCodecs.Create(), .. UpdateCodecs.Create(), .. MilestoneCodecs.Create(), .. ReplicaCodecs.Create(), .. NodeCodecs.Create()];

    /// <summary>Takes the envelope's values in; the header's length. <see cref="WriteTo"/> comes next.</summary>
    /// <exception cref="ArgumentException">No message that travels, or one without its tensor: a mistake of the caller.</exception>
    public int Prepare(Envelope envelope)
    {
        if (!_byEnvelope.TryGetValue(envelope.GetType(), out var codec))
        {
            throw new ArgumentException($"{envelope.GetType()} does not travel.", nameof(envelope));
        }

        if (codec.CarriesTensor && envelope.Tensor.Length == 0)
        {
            throw new ArgumentException($"{codec.Name} does not travel without its tensor.", nameof(envelope));
        }

        FillRoute(envelope);
        _body = codec.Fill(envelope);
        _routeBytes = _outgoing.CalculateSize();
        _bodyBytes = _body.CalculateSize();
        _bodyTag = WireFormat.MakeTag(codec.Number, WireFormat.WireType.LengthDelimited);
        return _routeBytes + Varint.SizeOf(_bodyTag) + Varint.SizeOf((uint)_bodyBytes) + _bodyBytes;
    }

    /// <summary>Writes the header of the envelope that was prepared.</summary>
    /// <param name="header">As long as <see cref="Prepare"/> said.</param>
    public void WriteTo(Span<byte> header)
    {
        _outgoing.WriteTo(header[.._routeBytes]);
        var rest = header[_routeBytes..];
        Varint.Write(ref rest, _bodyTag);
        Varint.Write(ref rest, (uint)_bodyBytes);
        _body.WriteTo(rest);
    }

    public BodyCodec CodecOf(in HeaderParts parts) => _byNumber[parts.Number]!;

    /// <summary>The message in a pooled envelope that takes the tensor over, if nothing is thrown.</summary>
    /// <exception cref="WireException">A value that the message may not have.</exception>
    public Envelope Read(ReadOnlySpan<byte> header, in HeaderParts parts, TensorSlice tensor)
    {
        try
        {
            _incoming.MergeFrom(header[..parts.RouteBytes]);
            return CodecOf(parts).Read(header[parts.BodyOffset..], parts.HasOptional, RouteOf(_incoming), tensor);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new WireException($"A header is no valid protobuf: {e.Message}", e);
        }
    }

    private static Route RouteOf(V1.Header header) => new(
        Valid.Actor(header.From, "Header.from"),
        Valid.Count(header.FromIncarnation, "Header.from_incarnation"),
        Valid.Actor(header.To, "Header.to"));

    private void FillRoute(Envelope envelope)
    {
        Parts.Fill(_outgoing.From, envelope.From);
        _outgoing.FromIncarnation = envelope.FromIncarnation;
        Parts.Fill(_outgoing.To, envelope.To);
    }
}
