namespace DistNet.Protocol;

/// <summary>Spreads inputs over one method for each kind; an actor overrides those it can receive.</summary>
public abstract class Actor : IActor
{
    public void Handle(in Input input, Outbox outbox)
    {
        switch (input.Kind)
        {
            case InputKind.Message:
                OnMessage(input.Envelope, input.Now, outbox);
                break;
            case InputKind.WorkYielded:
                OnWorkYielded(input.Work, (int)input.Number, outbox);
                break;
            case InputKind.WorkDone:
                OnWorkDone(input.Work, input.Now, outbox);
                break;
            case InputKind.WorkCancelled:
                OnWorkCancelled(input.Work, input.Now, outbox);
                break;
            case InputKind.TimerFired:
                OnTimer(input.Timer, input.Now, outbox);
                break;
            case InputKind.Stored:
                OnStored(input.Key, (DurableItem)input.Body!, input.Now, outbox);
                break;
            case InputKind.Loaded:
                OnLoaded(input.Key, (DurableItem?)input.Body, outbox);
                break;
            case InputKind.PeerUp:
                OnPeerUp(input.Peer, input.Number, input.Now, outbox);
                break;
            case InputKind.PeerDown:
                OnPeerDown(input.Peer, input.Number, input.Now, outbox);
                break;
            case InputKind.Started:
                OnStarted((DurableItem?)input.Body, input.Number, input.Now, outbox);
                break;
        }
    }

    protected abstract void OnMessage(Envelope envelope, TimeSpan now, Outbox outbox);

    protected virtual void OnStarted(DurableItem? record, long incarnation, TimeSpan now, Outbox outbox)
    {
    }

    protected virtual void OnPeerUp(ActorId peer, long incarnation, TimeSpan now, Outbox outbox)
    {
    }

    protected virtual void OnPeerDown(ActorId peer, long incarnation, TimeSpan now, Outbox outbox)
    {
    }

    protected virtual void OnTimer(TimerKind timer, TimeSpan now, Outbox outbox) => throw Unexpected();

    protected virtual void OnWorkYielded(WorkOrder work, int part, Outbox outbox) => throw Unexpected();

    protected virtual void OnWorkDone(WorkOrder work, TimeSpan now, Outbox outbox) => throw Unexpected();

    protected virtual void OnWorkCancelled(WorkOrder work, TimeSpan now, Outbox outbox) => throw Unexpected();

    protected virtual void OnStored(DurableKey key, DurableItem item, TimeSpan now, Outbox outbox) => throw Unexpected();

    protected virtual void OnLoaded(DurableKey key, DurableItem? item, Outbox outbox) => throw Unexpected();

    private InvalidOperationException Unexpected() => new($"{GetType().Name} got an answer to something it never asked for.");
}
