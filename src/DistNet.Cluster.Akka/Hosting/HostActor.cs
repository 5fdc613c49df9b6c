using Akka.Actor;
using DistNet.Protocol;
using Envelope = DistNet.Protocol.Envelope;

namespace DistNet.Cluster.Akka;

/// <summary>The Akka actor around the host of one of our actors: what is in its mailbox is brought to the host, one after the other.</summary>
internal sealed class HostActor(RunningHost life) : UntypedActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var self = Self;
        if (!life.TryEnter(self))
        {
            Context.Stop(self);
            return;
        }

        life.Host.Begin(() => self.Tell(News.Instance, ActorRefs.NoSender));
        self.Tell(News.Instance, ActorRefs.NoSender);
    }

    protected override void OnReceive(object message)
    {
        try
        {
            Take(message);
        }
        catch (Exception e)
        {
            life.Fail(e);
            throw;
        }
    }

    /// <summary>Also when the actor system ends before the life does: nothing would fire its timers.</summary>
    protected override void PostStop()
    {
        life.Host.End();
        life.Leave();
    }

    private void Take(object message)
    {
        switch (message)
        {
            case Mailed mailed:
                life.Host.Deliver(mailed.Envelope);
                break;
            case PeerCame peer:
                life.Host.PeerUp(peer.Actor, peer.Incarnation);
                break;
            case PeerWent peer:
                life.Host.PeerDown(peer.Actor, peer.Incarnation);
                break;
            case News when life.Host.Over.IsCompleted:
                Timers.CancelAll();
                life.Host.Over.GetAwaiter().GetResult();
                break;
            case News:
                FireDue();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void FireDue()
    {
        if (life.Host.FireDue() is { } rest)
        {
            Timers.StartSingleTimer(News.Instance, News.Instance, rest);
        }
        else
        {
            Timers.Cancel(News.Instance);
        }
    }

    /// <summary>A message without tensor, which this actor owns: the host recycles the envelope when it is dealt with.</summary>
    internal sealed record Mailed(Envelope Envelope) : INoSerializationVerificationNeeded;

    internal sealed record PeerCame(ActorId Actor, long Incarnation) : INoSerializationVerificationNeeded;

    internal sealed record PeerWent(ActorId Actor, long Incarnation) : INoSerializationVerificationNeeded;

    /// <summary>A timer was set or is due, or it is over.</summary>
    private sealed record News : INoSerializationVerificationNeeded
    {
        public static readonly News Instance = new();
    }
}
