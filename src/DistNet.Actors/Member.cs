using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>An actor that works for the coordinator, and joins it whenever a life of it is up.</summary>
public abstract class Member : Actor
{
    private long _incarnation;

    private protected Member()
    {
    }

    protected sealed override void OnStarted(DurableItem? record, long incarnation, TimeSpan now, Outbox outbox) =>
        _incarnation = incarnation;

    protected sealed override void OnPeerUp(ActorId peer, long incarnation, TimeSpan now, Outbox outbox)
    {
        if (peer.Role == Role.Coordinator)
        {
            outbox.Send(peer, new Join(_incarnation));
        }
    }
}
