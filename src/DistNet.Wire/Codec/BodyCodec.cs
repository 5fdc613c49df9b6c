using DistNet.Protocol;
using Google.Protobuf;
using IMessage = DistNet.Protocol.IMessage;

namespace DistNet.Wire;

/// <summary>One type of message to and from its generated type. Not for two threads at a time.</summary>
/// <param name="number">Field number of the body in the header.</param>
internal abstract class BodyCodec(int number)
{
    public int Number => number;

    /// <summary>The envelope's type.</summary>
    public abstract Type EnvelopeType { get; }

    public abstract string Name { get; }

    public abstract bool CarriesTensor { get; }

    /// <summary>The generated message; valid until the next call.</summary>
    public abstract Google.Protobuf.IMessage Fill(Envelope envelope);

    /// <summary>The message in a pooled envelope that takes the tensor over, if nothing is thrown.</summary>
    /// <param name="body">Bytes whose shape was checked.</param>
    /// <param name="hasOptional">Whether they have lists, or fields that need not be there.</param>
    /// <param name="route">Sender and receiver.</param>
    /// <param name="tensor">The message's tensor, or none.</param>
    /// <exception cref="WireException">A value that the message may not have.</exception>
    public abstract Envelope Read(ReadOnlySpan<byte> body, bool hasOptional, in Route route, TensorSlice tensor);
}

/// <summary>From whom, in which life, to whom.</summary>
internal readonly record struct Route(ActorId From, long FromIncarnation, ActorId To);

/// <inheritdoc cref="BodyCodec"/>
/// <param name="number">Field number of the body in the header.</param>
/// <param name="fill">Copies every field of a message; lists and nullable fields are replaced.</param>
/// <param name="read">Checks every value and makes the message.</param>
internal sealed class BodyCodec<T, TWire>(int number, Action<T, TWire> fill, Func<TWire, TensorSlice, T> read) : BodyCodec(number)
    where T : struct, IMessage
    where TWire : class, IMessage<TWire>, new()
{
    private readonly TWire _outgoing = new();
    private readonly TWire _incoming = new();

    public override Type EnvelopeType => typeof(Envelope<T>);

    public override string Name => typeof(T).Name;

    public override bool CarriesTensor => T.CarriesTensor;

    public override Google.Protobuf.IMessage Fill(Envelope envelope)
    {
        fill(((Envelope<T>)envelope).Message, _outgoing);
        return _outgoing;
    }

    public override Envelope Read(ReadOnlySpan<byte> body, bool hasOptional, in Route route, TensorSlice tensor)
    {
        // Required fields overwrite what was there before; only what may be absent could be left over from an earlier message.
        var wire = hasOptional ? new TWire() : _incoming;
        wire.MergeFrom(body);
        return Envelope<T>.Rent(route.From, route.FromIncarnation, route.To, read(wire, tensor));
    }
}
