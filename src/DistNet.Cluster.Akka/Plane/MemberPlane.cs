using Akka.Actor;
using DistNet.Protocol;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka;

/// <summary>The control plane of a server's or worker's node: what it sends goes to the coordinator, wherever that is.</summary>
internal sealed class MemberPlane(ControlContext node, AkkaSettings settings) : AkkaPlane(node, settings)
{
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

    public override TimeSpan? SinceHeard(ActorId node) => _seat is { } seat ? TimeProvider.System.GetElapsedTime(seat.LastHeard) : null;

    protected override void Begin(ActorSystem system) =>
        system.ActorOf(Props.Create(() => new MemberActor(Node, Listener, Found, MeetOthersAsync)), "member");

    protected override Task EndAsync()
    {
        if (Interlocked.Exchange(ref _seat, null) is { } seat)
        {
            Listener.OnDown(seat.Life, "this node is no member of its cluster any more", left: false);
        }

        return Task.CompletedTask;
    }

    private void Found(FoundSeat? seat) => _seat = seat;

    protected override void SayGoodbye() => Send(ActorId.Coordinator, Envelope<Leave>.Rent(default, 0, ActorId.Coordinator, default));
}

/// <summary>The coordinator, as long as it is there.</summary>
/// <param name="actor">Takes mail for it.</param>
/// <param name="self">Who sends it.</param>
/// <param name="life">Its node.</param>
internal sealed class FoundSeat(IActorRef actor, IActorRef self, NodeLife life)
{
    private long _lastHeard = TimeProvider.System.GetTimestamp();

    public IActorRef Actor => actor;

    public IActorRef Self => self;

    public NodeLife Life => life;

    /// <summary>When it said something last, as a time stamp.</summary>
    public long LastHeard
    {
        get => Volatile.Read(ref _lastHeard);
        set => Volatile.Write(ref _lastHeard, value);
    }
}
