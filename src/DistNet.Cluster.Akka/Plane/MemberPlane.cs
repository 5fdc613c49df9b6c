using Akka.Actor;
using DistNet.Protocol;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka;

/// <summary>The control plane of a server's or worker's node: what it sends goes to the coordinator, wherever that is.</summary>
internal sealed class MemberPlane(ControlContext node, AkkaSettings settings) : AkkaPlane(node, settings)
{
    private readonly MemberIdentity _identity = new(node.Hello);
    private volatile FoundSeat? _seat;

    public override void Send(ActorId node, Envelope envelope)
    {
        if (_seat is { } seat)
        {
            seat.Actor.Tell(new Mail(envelope), seat.Self);
        }
        else
        {
            envelope.Recycle();
        }
    }

    public override void Expel(ActorId node, long life, string reason) => throw new InvalidOperationException("Only the coordinator's node expels.");

    public override NodeLife? Find(ActorId node) => node == ActorId.Coordinator ? _seat?.Life : null;

    public override TimeSpan? SinceHeard(ActorId node) => _seat?.SinceHeard;

    protected override void Begin(ActorSystem system) =>
        system.ActorOf(Props.Create(() => new MemberActor(Node, _identity, Listener, Found, MeetOthersAsync)), "member");

    protected override Task EndAsync()
    {
        if (Interlocked.Exchange(ref _seat, null) is { } seat)
        {
            Listener.OnDown(seat.Life, "this node is no member of its cluster any more", left: false);
        }

        _identity.IsOver = true;
        (Listener as IMemberListener)?.OnVoid();
        return Task.CompletedTask;
    }

    private void Found(FoundSeat? seat) => _seat = seat;

    protected override void SayGoodbye() => Send(ActorId.Coordinator, Envelope<Leave>.Rent(default, 0, ActorId.Coordinator, default));
}

/// <summary>The coordinator, as long as it is there.</summary>
/// <param name="time">The clock.</param>
/// <param name="actor">Takes mail for it.</param>
/// <param name="self">Who sends it.</param>
/// <param name="life">Its node.</param>
internal sealed class FoundSeat(TimeProvider time, IActorRef actor, IActorRef self, NodeLife life)
{
    private long _lastHeard = time.GetTimestamp();

    public IActorRef Actor => actor;

    public IActorRef Self => self;

    public NodeLife Life => life;

    public TimeSpan SinceHeard => time.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>It has just said something.</summary>
    public void Heard() => Volatile.Write(ref _lastHeard, time.GetTimestamp());
}

/// <summary>
/// Who this node is. One that comes back from an earlier life says so: it gets another number where a newer process has its own by now, and does not take it
/// from that one.
/// </summary>
internal sealed class MemberIdentity(Hello first)
{
    public Hello Hello { get; set; } = first;

    /// <summary>The life in it has ended, with the actor system that its actors were in.</summary>
    public bool IsOver { get; set; }
}
