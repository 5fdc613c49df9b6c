using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using DistNet.Protocol;
using DistNet.Wire;
using AkkaAddress = Akka.Actor.Address;
using AkkaCluster = Akka.Cluster.Cluster;

namespace DistNet.Cluster.Akka;

/// <summary>
/// The cluster's singleton: where it is, the coordinator is. Admits nodes, brings their mail, and passes on what Akka thinks of them. That is advice: what
/// follows from it is decided by the coordinator actor, and only a new generation takes work away from a node.
/// </summary>
/// <param name="node">This node.</param>
/// <param name="listener">Told of everything.</param>
/// <param name="members">Whoever is admitted.</param>
/// <param name="teller">What is told of the run.</param>
/// <param name="known">Keeps the nodes' doors for this node's next life.</param>
/// <param name="seated">Given this actor, and null when the coordinator is not here any more.</param>
/// <param name="lookAround">Looks for another cluster that has the servers.</param>
internal sealed class SeatActor(
    ControlContext node,
    ICoordinatorListener listener,
    SeatMembers members,
    RunTeller teller,
    KnownDoors known,
    Action<IActorRef?> seated,
    Func<AkkaCluster, Task> lookAround) : UntypedActor, IWithTimers
{
    /// <summary>Seconds without servers after which the seat looks for them elsewhere; those of its own cluster come sooner.</summary>
    private const int LooksAfter = 10;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellLossEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly IActorRef _mediator = DistributedPubSub.Get(Context.System).Mediator;
    private readonly NodeLife _self = new(ActorId.Coordinator, node.Lives.Next(), node.Card);
    private readonly Dictionary<ActorId, AkkaAddress> _homes = [];
    private readonly Attention _attention = new(new SchedulerTime(Context.System.Scheduler));
    private int _ticksWithoutServers;
    private Task _looking = Task.CompletedTask;
    private bool _stoodDown;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.ReachabilityEvent));
        ClusterClientReceptionist.Get(Context.System).RegisterService(Self);
        node.Log.TakesSeat(_self.Life);
        members.Clear();
        seated(Self);
        Begin();
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, TellEvery);
        Timers.StartPeriodicTimer(nameof(LossTick), LossTick.Instance, TellLossEvery, TellLossEvery);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Mail mail:
                Hear(mail);
                break;
            case Tick:
                Tell();
                MissTheSilent();
                LookForServers();
                break;
            case News:
                Tell();
                break;
            case LossTick:
                TellLoss();
                break;
            case Expulsion expulsion:
                Expel(expulsion.Node, expulsion.Life, expulsion.Reason);
                break;
            case Terminated gone:
                Miss(members.Of(gone.ActorRef), "its node is no member of the cluster any more");
                break;
            case ClusterEvent.UnreachableMember unheard:
                MissAll(unheard.Member.Address, "the failure detector does not hear it");
                break;
            case ClusterEvent.MemberRemoved removed:
                MissAll(removed.Member.Address, "it is no member of the cluster any more");
                break;
            case StandDown:
                GoAsync().PipeTo(Self);
                break;
            case Gone:
                Context.Stop(Self);
                break;
        }
    }

    /// <summary>A singleton that does not begin is not made again, here or elsewhere: the node has to end.</summary>
    private void Begin()
    {
        try
        {
            listener.OnSelf(_self);
        }
        catch (Exception e)
        {
            listener.OnFailed(e);
            throw;
        }
    }

    /// <summary>Where the actor system ends there is no message that asks for it.</summary>
    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        if (!_stoodDown)
        {
            Leave();
            Task.WaitAny([listener.StandDownAsync()], EndLimit);
        }
    }

    private async Task<Gone> GoAsync()
    {
        _stoodDown = true;
        Leave();
        await listener.StandDownAsync().ConfigureAwait(false);
        return new Gone();
    }

    private void Leave()
    {
        node.Log.LeavesSeat();
        seated(null);
        members.Clear();
    }

    private void Hear(Mail mail)
    {
        switch (mail.Envelope)
        {
            case Envelope<Hello> hello when IsOfThisCluster(Sender):
                Admit(hello.Message, hello.FromIncarnation);
                break;
            case Envelope<Hello>:
                // Word of its joining has yet to come; or it has stayed in a cluster that this node has left, and is about to find out. It asks again.
                break;
            case Envelope<StatusAsked> asked:
                Answer(asked.Message);
                break;
            case Envelope<Leave>:
                Miss(members.Of(Sender), "it left", left: true);
                break;
            default:
                HearMember(mail);
                break;
        }
    }

    private void HearMember(Mail mail)
    {
        if (members.Heard(Sender) is not { } member)
        {
            // It thinks that it is welcome, but this seat, or this life of it, is another.
            Sender.Tell(Mail.Of(_self.Name, _self.Life, default, new Expelled("the coordinator does not know this life of it")));
        }
        else if (mail.Envelope is Envelope<Beat> beat)
        {
            Sender.Tell(Mail.Of(_self.Name, _self.Life, member.Name, new Beat(beat.Message.Number, IsAnswer: true)));
        }
        else
        {
            Pass(member, mail);
        }
    }

    private void Pass(NodeLife member, Mail mail)
    {
        try
        {
            listener.OnMessage(member, mail.Envelope);
        }
        catch (WireException e)
        {
            node.Log.BadMail(member.Name.ToString(), e.Message);
            Expel(member.Name, member.Life, $"bad message: {e.Message}");
        }
    }

    private void Admit(in Hello hello, long spokenIn)
    {
        if (ReasonToRefuse(hello) is { } refusal)
        {
            node.Log.NodeRefused(hello.Role, hello.Card.Host, hello.Card.ProcessId, refusal);
            Sender.Tell(Mail.Of(_self.Name, _self.Life, default, new Refused(ShortText.Of(refusal))));
            return;
        }

        EndLifeBefore(hello, spokenIn);
        var (admitted, isNew, replaced) = members.Admit(hello, Sender);
        if (replaced is var (before, speaker))
        {
            Part(before, speaker, "another process took its place", left: false);
        }

        Sender.Tell(Mail.Of(_self.Name, _self.Life, admitted.Name, new Welcome(admitted.Name.Index, admitted.Life, _self.Life)));
        if (isNew)
        {
            Context.Watch(Sender);
            Move(hello, admitted.Name);
            node.Log.NodeUp(admitted.Name, admitted.Card.ProcessId, admitted.Card.Host);
            listener.OnUp(admitted);
            known.Keep(members.Doors);
        }
    }

    /// <summary>A new incarnation says in which life its node was; but it does not speak in it, because that is over, also where nobody here knew of it.</summary>
    private void EndLifeBefore(in Hello hello, long spokenIn)
    {
        if (hello.Life != spokenIn && hello.Index >= 0)
        {
            var name = new ActorId(hello.Role, hello.Index);
            Expel(name, hello.Life, "it has come back as a new incarnation");
            members.Remove(name, hello.Life);
        }
    }

    private bool IsOfThisCluster(IActorRef speaker) =>
        speaker.Path.Address is var home && (home.HasLocalScope || _cluster.State.Members.Any(member => member.Address.Equals(home)));

    private string? ReasonToRefuse(in Hello hello) =>
        !node.Options.Token.Admits(hello.Token) ? "its token is wrong" : members.ReasonToRefuse(hello);

    /// <summary>
    /// A process, or an incarnation, that begins anew has taken the place of another, by its number: nobody needs to wait until Akka has found out that the
    /// other is dead, and the dead must not count as a side of a split cluster.
    /// </summary>
    private void Move(in Hello hello, ActorId name)
    {
        var home = Sender.Path.Address;
        if (hello.Index == name.Index && _homes.TryGetValue(name, out var before) && !before.Equals(home))
        {
            _cluster.Down(before);
        }

        _homes[name] = home;
    }

    private void Expel(ActorId name, long life, string reason)
    {
        if (members.Find(name) is { } member && member.Life == life)
        {
            Miss(member, reason);
        }
    }

    private void MissTheSilent()
    {
        if (!_attention.IsPaid())
        {
            return;
        }

        foreach (var member in members.SilentFor(Attention.Limit))
        {
            Miss(member, Attention.Reason);
        }
    }

    private void LookForServers()
    {
        _ticksWithoutServers = listener.HasServers ? 0 : _ticksWithoutServers + 1;
        if (_ticksWithoutServers > 0 && _ticksWithoutServers % LooksAfter == 0 && _looking.IsCompleted)
        {
            _looking = Task.Run(() => lookAround(_cluster));
        }
    }

    private void MissAll(AkkaAddress address, string reason)
    {
        foreach (var member in members.At(address))
        {
            Miss(member, reason);
        }
    }

    private void Miss(NodeLife? member, string reason, bool left = false)
    {
        if (member is null || members.Remove(member.Name, member.Life) is not { } speaker)
        {
            return;
        }

        speaker.Tell(Mail.Of(_self.Name, _self.Life, member.Name, new Expelled(ShortText.Of(reason))));
        Part(member, speaker, reason, left);
    }

    private void Part(NodeLife member, IActorRef speaker, string reason, bool left)
    {
        Context.Unwatch(speaker);
        node.Log.NodeDown(member.Name, member.Card.ProcessId, member.Card.Host, reason);
        listener.OnDown(member, reason, left);
    }

    private void Answer(in StatusAsked asked)
    {
        if (node.Options.Token.Admits(asked.Token) && teller.Status is { } status)
        {
            Sender.Tell(Mail.Of(_self.Name, _self.Life, default, new StatusTold(node.Card.Address, status)));
        }
    }

    private void Tell()
    {
        if (teller.Status is { } status)
        {
            _mediator.Tell(new Publish(Topics.Status, Mail.Of(_self.Name, _self.Life, default, new StatusTold(node.Card.Address, status))));
        }

        if (listener.Journal is { } journal)
        {
            _mediator.Tell(new Publish(Topics.Journal, Mail.Of(_self.Name, _self.Life, default, journal)));
        }
    }

    private void TellLoss()
    {
        if (teller.TakeLoss() is { } loss)
        {
            _mediator.Tell(new Publish(Topics.Loss, Mail.Of(_self.Name, _self.Life, default, loss)));
        }
    }

    /// <summary>A life of a node is over, whatever it thinks.</summary>
    internal sealed record Expulsion(ActorId Node, long Life, string Reason) : INoSerializationVerificationNeeded;

    /// <summary>A run has begun or ended, which whoever stands by should know before a client does.</summary>
    internal sealed record News : INoSerializationVerificationNeeded
    {
        public static readonly News Instance = new();
    }

    /// <summary>The singleton moves: what runs here for it is to end first.</summary>
    internal sealed record StandDown : INoSerializationVerificationNeeded
    {
        public static readonly StandDown Instance = new();
    }

    /// <summary>Nothing runs here for the coordinator any more.</summary>
    private sealed record Gone : INoSerializationVerificationNeeded;

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed record LossTick
    {
        public static readonly LossTick Instance = new();
    }
}
