namespace DistNet.Protocol;

/// <summary>A message or observation: plain values, and at most one tensor.</summary>
public interface IMessage
{
    /// <summary>Whether messages of this type have a tensor. Asked of the type, because asking a value that has none would box it.</summary>
    public static virtual bool CarriesTensor => false;

    /// <summary>The tensor that travels with the message; the receiver releases it once. Default: none.</summary>
    public TensorSlice Tensor => default;

    /// <summary>The same message with its tensor elsewhere; only called where there is one.</summary>
    public IMessage WithTensor(TensorSlice tensor) => this;
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

    /// <summary>
    /// A second copy of the message with a tensor of its own from <paramref name="pool"/>, as a network delivers it. This
    /// one is left as it is.
    /// </summary>
    public abstract Envelope CopyTo(TensorPool pool);
}

/// <inheritdoc cref="Envelope"/>
public sealed class Envelope<T> : Envelope
    where T : struct, IMessage
{
    /// <summary>Envelopes that a thread keeps for itself; what is beyond goes to all, because one thread may rent what another recycles.</summary>
    private const int MostKept = 256;

    private static readonly Stack<Envelope<T>> Pool = new();
    private static readonly Lock Gate = new();

    [ThreadStatic]
    private static Stack<Envelope<T>>? _kept;

    private T _message;

    private Envelope()
    {
    }

    public T Message => _message;

    public override TensorSlice Tensor => T.CarriesTensor ? _message.Tensor : default;

    public static Envelope<T> Rent(ActorId from, long incarnation, ActorId to, in T message)
    {
        var envelope = _kept is { } kept && kept.TryPop(out var own) ? own : RentShared();
        envelope.From = from;
        envelope.FromIncarnation = incarnation;
        envelope.To = to;
        envelope._message = message;
        return envelope;
    }

    public override void Recycle()
    {
        _message = default;
        var kept = _kept ??= new Stack<Envelope<T>>();
        if (kept.Count < MostKept)
        {
            kept.Push(this);
            return;
        }

        lock (Gate)
        {
            Pool.Push(this);
        }
    }

    public override Envelope CopyTo(TensorPool pool)
    {
        var original = Tensor;
        if (original.IsEmpty)
        {
            return Rent(From, FromIncarnation, To, _message);
        }

        var copy = pool.Rent(original.Length);
        original.Span.CopyTo(copy.Span);
        return Rent(From, FromIncarnation, To, (T)_message.WithTensor(copy.All));
    }

    private static Envelope<T> RentShared()
    {
        lock (Gate)
        {
            return Pool.TryPop(out var envelope) ? envelope : new Envelope<T>();
        }
    }
}
