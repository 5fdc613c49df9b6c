namespace DistNet.Protocol;

/// <summary>A message or observation: plain values, and at most one tensor.</summary>
public interface IMessage
{
    /// <summary>The tensor that travels with the message; the receiver releases it once. Default: none.</summary>
    public TensorSlice Tensor => default;
}

/// <summary>
/// A message on its way. Envelopes are pooled, so that a training step allocates nothing; the host owns them and recycles
/// them after delivery, an actor copies what it keeps.
/// </summary>
public abstract class Envelope
{
    public ActorId From { get; private protected set; }

    /// <summary>The life of the sender that sent it.</summary>
    public long FromIncarnation { get; private protected set; }

    public ActorId To { get; private protected set; }

    public abstract TensorSlice Tensor { get; }

    /// <summary>Gives the envelope back to its pool. Does not release the tensor.</summary>
    public abstract void Recycle();

    /// <summary>A second copy of the message, as a network may deliver; the tensor is held once more.</summary>
    public abstract Envelope Duplicate();
}

/// <inheritdoc cref="Envelope"/>
public sealed class Envelope<T> : Envelope
    where T : struct, IMessage
{
    private static readonly Stack<Envelope<T>> Pool = new();

    private T _message;

    private Envelope()
    {
    }

    public ref readonly T Message => ref _message;

    public override TensorSlice Tensor => _message.Tensor;

    public static Envelope<T> Rent(ActorId from, long incarnation, ActorId to, in T message)
    {
        Envelope<T>? envelope;
        lock (Pool)
        {
            if (!Pool.TryPop(out envelope))
            {
                envelope = new Envelope<T>();
            }
        }

        envelope.From = from;
        envelope.FromIncarnation = incarnation;
        envelope.To = to;
        envelope._message = message;
        return envelope;
    }

    public override void Recycle()
    {
        _message = default;
        lock (Pool)
        {
            Pool.Push(this);
        }
    }

    public override Envelope Duplicate()
    {
        Tensor.Retain();
        return Rent(From, FromIncarnation, To, _message);
    }
}
