using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using DistNet.Protocol;
using DistNet.Wire;
using AkkaCluster = Akka.Cluster.Cluster;

namespace DistNet.Cluster.Akka;

/// <summary>
/// Speaks for a server's or worker's node: looks for the coordinator until it is welcome, brings its mail, and looks for it again when it is lost.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="identity">Under which number and in which life; kept for this node's next incarnation.</param>
/// <param name="listener">Told of everything.</param>
/// <param name="found">Given the coordinator when it is found, and null when it is lost.</param>
/// <param name="meet">Brings this node's cluster and another that the coordinator may be in together.</param>
internal sealed class MemberActor(
    ControlContext node, MemberIdentity identity, IControlListener listener, Action<FoundSeat?> found, Func<AkkaCluster, Task> meet) : UntypedActor, IWithTimers
{
    /// <summary>How often it is made sure that the coordinator still knows this life.</summary>
    public static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(1);

    /// <summary>How often it says hello until it is welcome.</summary>
    private static readonly TimeSpan SeekEvery = TimeSpan.FromMilliseconds(200);

    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly Attention _attention = new(new SchedulerTime(Context.System.Scheduler));
    private IActorRef _proxy = ActorRefs.Nobody;
    private FoundSeat? _seat;
    private Task _meeting = Task.CompletedTask;
    private long _beats;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var settings = ClusterSingletonProxySettings.Create(Context.System).WithSingletonName(SeatPlane.SingletonName).WithRole(SeatPlane.Role);
        _proxy = Context.ActorOf(ClusterSingletonProxy.Props($"/user/{SeatPlane.ManagerName}", settings), "seat");
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, SeekEvery);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick:
                LoseTheSilent();
                Speak();
                break;
            case Mail mail:
                Hear(mail);
                break;
            case Terminated gone:
                Lose(gone.ActorRef, "its node is no member of the cluster any more, or it moves");
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop() => found(null);

    private ActorId Name => new(identity.Hello.Role, Math.Max(0, identity.Hello.Index));

    private void Speak()
    {
        if (_seat is { } seat)
        {
            seat.Actor.Tell(Mail.Of(Name, identity.Hello.Life, ActorId.Coordinator, new Beat(_beats++, IsAnswer: false)));
            return;
        }

        _proxy.Tell(Mail.Of(Name, identity.IsOver ? 0 : identity.Hello.Life, ActorId.Coordinator, identity.Hello));
        if (_meeting.IsCompleted)
        {
            _meeting = Task.Run(() => meet(_cluster));
        }
    }

    private void LoseTheSilent()
    {
        if (_attention.IsPaid() && _seat is { } seat && seat.SinceHeard >= Attention.Limit)
        {
            Lose(seat.Actor, Attention.Reason);
        }
    }

    private void Hear(Mail mail)
    {
        if (_seat is { } seat && Sender.Equals(seat.Actor))
        {
            seat.Heard();
            HearSeat(seat, mail);
        }
        else if (mail.Envelope is Envelope<Welcome> welcome)
        {
            Settle(welcome.Message);
        }
        else if (mail.Envelope is Envelope<Refused> refused)
        {
            listener.OnRefused($"the cluster does not admit this node: {refused.Message.Reason}");
        }

        // Others have been the coordinator, and are not any more.
    }

    private void HearSeat(FoundSeat seat, Mail mail)
    {
        switch (mail.Envelope)
        {
            case Envelope<Beat>:
                break;
            case Envelope<Expelled> expelled:
                Lose(seat.Actor, expelled.Message.Reason);
                Speak();
                break;
            case Envelope<Welcome> again when again.Message.Life != identity.Hello.Life:
                Lose(seat.Actor, "it has given this node another life");
                Settle(again.Message);
                break;
            case Envelope<Welcome>:
                break;
            default:
                Pass(seat, mail);
                break;
        }
    }

    private void Pass(FoundSeat seat, Mail mail)
    {
        try
        {
            listener.OnMessage(seat.Life, mail.Envelope);
        }
        catch (WireException e)
        {
            node.Log.BadMail(seat.Life.Card.Address, e.Message);
        }
    }

    private void Settle(in Welcome welcome)
    {
        var isNew = welcome.Life != identity.Hello.Life || welcome.Index != identity.Hello.Index;
        identity.Hello = identity.Hello with { Index = welcome.Index, Life = welcome.Life };
        identity.IsOver = false;
        if (isNew)
        {
            listener.OnSelf(new NodeLife(Name, welcome.Life, identity.Hello.Card));
        }

        var door = SeatPlane.DoorOf(Sender.Path.Address);
        _seat = new FoundSeat(new SchedulerTime(Context.System.Scheduler), Sender, Self, new NodeLife(ActorId.Coordinator, welcome.PeerLife, new NodeCard(door, Sender.Path.Address.Host ?? "", 0, identity.Hello.Card.Probe)));
        Context.Watch(Sender);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, SayEvery, SayEvery);
        found(_seat);
        node.Log.Welcomed(door, Name);
        listener.OnUp(_seat.Life);
    }

    private void Lose(IActorRef who, string reason)
    {
        if (_seat is { } seat && who.Equals(seat.Actor))
        {
            _seat = null;
            found(null);
            Context.Unwatch(who);
            Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, SeekEvery, SeekEvery);
            node.Log.LostSeat(seat.Life.Card.Address, reason);
            listener.OnDown(seat.Life, reason, left: false);
        }
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
