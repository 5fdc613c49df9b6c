namespace DistNet.Protocol;

public enum InputKind
{
    /// <summary>First input of a life; carries what the actor last stored under <see cref="DurableKey.Record"/>, or nothing.</summary>
    Started,

    /// <summary>A message of another actor.</summary>
    Message,

    /// <summary>A timer set earlier is due.</summary>
    TimerFired,

    /// <summary>A part of the work in progress is ready; more follows.</summary>
    WorkYielded,

    /// <summary>The work is complete. Exactly one of done and cancelled follows each start.</summary>
    WorkDone,

    /// <summary>The work ended early because it was cancelled; its results are undefined.</summary>
    WorkCancelled,

    /// <summary>What was stored will survive a crash.</summary>
    Stored,

    /// <summary>What was asked for from storage, or nothing where it is missing, torn or altered.</summary>
    Loaded,

    /// <summary>A peer lives, in the incarnation given. Sent for every live peer after <see cref="Started"/>.</summary>
    PeerUp,

    /// <summary>An incarnation of a peer is gone for good; sent before the peer's next <see cref="PeerUp"/>.</summary>
    PeerDown,
}

/// <summary>
/// Everything an actor can be told. <see cref="Now"/> is the host's monotonic time; an actor reads no other clock.
/// An envelope belongs to the host and is valid during the call only; a tensor in it is the actor's to release, once.
/// </summary>
public readonly struct Input
{
    private Input(InputKind kind, TimeSpan now, object? body = null, ActorId peer = default, long number = 0, DurableKey key = default)
    {
        Kind = kind;
        Now = now;
        Body = body;
        Peer = peer;
        Number = number;
        Key = key;
    }

    public InputKind Kind { get; }

    public TimeSpan Now { get; }

    /// <summary>The peer of <see cref="InputKind.PeerUp"/> and <see cref="InputKind.PeerDown"/>.</summary>
    public ActorId Peer { get; }

    /// <summary>Incarnation (started, peers), timer, or the part that was yielded.</summary>
    public long Number { get; }

    public DurableKey Key { get; }

    /// <summary>Envelope, work order or durable item, as <see cref="Kind"/> says.</summary>
    public object? Body { get; }

    public Envelope Envelope => (Envelope)Body!;

    public WorkOrder Work => (WorkOrder)Body!;

    public TimerKind Timer => (TimerKind)Number;

    public static Input Started(TimeSpan now, long incarnation, DurableItem? record) =>
        new(InputKind.Started, now, record, number: incarnation);

    public static Input Message(TimeSpan now, Envelope envelope) => new(InputKind.Message, now, envelope);

    public static Input TimerFired(TimeSpan now, TimerKind timer) => new(InputKind.TimerFired, now, number: (long)timer);

    public static Input WorkYielded(TimeSpan now, WorkOrder work, int part) => new(InputKind.WorkYielded, now, work, number: part);

    public static Input WorkDone(TimeSpan now, WorkOrder work) => new(InputKind.WorkDone, now, work);

    public static Input WorkCancelled(TimeSpan now, WorkOrder work) => new(InputKind.WorkCancelled, now, work);

    public static Input Stored(TimeSpan now, DurableKey key, DurableItem item) => new(InputKind.Stored, now, item, key: key);

    public static Input Loaded(TimeSpan now, DurableKey key, DurableItem? item) => new(InputKind.Loaded, now, item, key: key);

    public static Input PeerUp(TimeSpan now, ActorId peer, long incarnation) =>
        new(InputKind.PeerUp, now, peer: peer, number: incarnation);

    public static Input PeerDown(TimeSpan now, ActorId peer, long incarnation) =>
        new(InputKind.PeerDown, now, peer: peer, number: incarnation);
}
