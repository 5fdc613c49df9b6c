using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>An actor that works for the coordinator, and joins it whenever a life of it is up.</summary>
public abstract class Member : Actor
{
    private long _coordinatorLife;

    private protected Member()
    {
    }

    /// <summary>The number of this life.</summary>
    protected long Incarnation { get; private set; }

    /// <summary>The highest generation this life has entered.</summary>
    protected long Generation { get; set; }

    /// <summary>The coordinator's record that is kept here for it; null: none.</summary>
    protected CoordinatorRecord? Kept { get; set; }

    protected sealed override void OnStarted(DurableItem? record, long incarnation, TimeSpan now, Outbox outbox)
    {
        Incarnation = incarnation;
        Kept = (CoordinatorRecord?)record;
    }

    /// <summary>False for what an earlier life of the coordinator sent.</summary>
    protected bool IsOfPresentCoordinator(Envelope envelope) => envelope.FromIncarnation >= _coordinatorLife;

    protected sealed override void OnPeerUp(ActorId peer, long incarnation, TimeSpan now, Outbox outbox)
    {
        if (peer.Role == Role.Coordinator)
        {
            _coordinatorLife = incarnation;
            outbox.Send(peer, new Join(Incarnation, Generation, Kept));
        }
    }
}
