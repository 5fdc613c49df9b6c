namespace DistNet.Protocol;

public enum EffectKind
{
    Send,
    SetTimer,
    ClearTimer,
    StartWork,
    CancelWork,
    Store,
    Load,
    Forget,
    Observe,
}

/// <summary>One wish of an actor. <see cref="Body"/> is an envelope, work order or durable item, as the kind says.</summary>
public readonly record struct Effect(
    EffectKind Kind,
    object? Body = null,
    TimerKind Timer = default,
    TimeSpan Delay = default,
    DurableKey Key = default);

/// <summary>
/// What an actor wants done, in order. The host carries it out after the turn and clears it. Duties of the host:
/// sends leave in order; a tensor sent is held once more for its receiver (the outbox does that) and is released by the
/// host where it cannot be delivered; a store is answered only when it would survive a crash.
/// </summary>
public sealed class Outbox(ActorId owner, long incarnation)
{
    private readonly List<Effect> _effects = [];

    public ActorId Owner => owner;

    public int Count => _effects.Count;

    public Effect this[int index] => _effects[index];

    public void Clear() => _effects.Clear();

    public void Send<T>(ActorId to, in T message)
        where T : struct, IMessage
    {
        var envelope = Envelope<T>.Rent(owner, incarnation, to, message);
        envelope.Tensor.Retain();
        _effects.Add(new Effect(EffectKind.Send, envelope));
    }

    /// <summary>Takes over a wish from the outbox of an actor that stands behind this one.</summary>
    public void Pass(in Effect effect) => _effects.Add(effect);

    public void Observe<T>(in T observation)
        where T : struct, IMessage => _effects.Add(new Effect(EffectKind.Observe, Envelope<T>.Rent(owner, incarnation, owner, observation)));

    /// <summary>Asks for <see cref="InputKind.TimerFired"/> after <paramref name="delay"/>; moves the timer if it is set.</summary>
    public void SetTimer(TimerKind timer, TimeSpan delay) => _effects.Add(new Effect(EffectKind.SetTimer, Timer: timer, Delay: delay));

    public void ClearTimer(TimerKind timer) => _effects.Add(new Effect(EffectKind.ClearTimer, Timer: timer));

    /// <summary>Lends the order to the host until it answers done or cancelled.</summary>
    public void StartWork(WorkOrder work) => _effects.Add(new Effect(EffectKind.StartWork, work));

    public void CancelWork(WorkOrder work) => _effects.Add(new Effect(EffectKind.CancelWork, work));

    /// <summary>Makes the item durable; tensors in it are held by the host until it answers <see cref="InputKind.Stored"/>.</summary>
    public void Store(DurableKey key, DurableItem item)
    {
        foreach (var tensor in item.Tensors)
        {
            tensor.Retain();
        }

        _effects.Add(new Effect(EffectKind.Store, item, Key: key));
    }

    public void Load(DurableKey key) => _effects.Add(new Effect(EffectKind.Load, Key: key));

    /// <summary>The item is not needed any more; there is no answer.</summary>
    public void Forget(DurableKey key) => _effects.Add(new Effect(EffectKind.Forget, Key: key));
}
