using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Decides which gradients form update t, for all servers at once. Lives on the coordinator's node, and its messages to the
/// coordinator arrive in order.
/// </summary>
public sealed class SequencerActor : Actor
{
    private readonly RunPlan _plan;
    private readonly UpdateLog _log;
    private readonly Lazy<Sequencing> _barrier;
    private readonly Lazy<Sequencing> _lanes;
    private Sequencing _sequencing;
    private long _generation;

    public SequencerActor(RunPlan plan)
    {
        _plan = plan;
        _log = new UpdateLog(plan);
        _barrier = new Lazy<Sequencing>(() => new BarrierSequencing(plan, _log));
        _lanes = new Lazy<Sequencing>(() => new LaneSequencing(plan, _log));
        _sequencing = SequencingIn(default);
    }

    protected override void OnMessage(Envelope envelope, TimeSpan now, Outbox outbox)
    {
        switch (envelope)
        {
            case Envelope<Rewind> rewind:
                Begin(rewind.Message, outbox);
                break;
            case Envelope<Placement> placement when placement.Message.Generation == _generation:
                _sequencing.Place(placement.Message, outbox);
                break;
            case Envelope<RunUntil> until when until.Message.Generation == _generation:
                _sequencing.RunUntil(until.Message.Version, outbox);
                break;
            case Envelope<Held> held when held.Message.Generation == _generation:
                _sequencing.OnHeld(held.Message, outbox);
                break;
            case Envelope<Applied> applied when applied.Message.Generation == _generation:
                _sequencing.OnApplied(applied.Message, outbox);
                break;
            case Envelope<AssistWith> assist when assist.Message.Generation == _generation:
                _sequencing.OnAssist(assist.Message);
                break;
            case Envelope<Checkpoint> checkpoint when checkpoint.Message.Generation == _generation:
                _sequencing.Mark(checkpoint.Message, outbox);
                break;
        }
    }

    protected override void OnStored(DurableKey key, DurableItem item, TimeSpan now, Outbox outbox) =>
        outbox.Send(ActorId.Coordinator, new LogKept(((LogSegment)item).Generation, key.Version));

    private void Begin(in Rewind rewind, Outbox outbox)
    {
        _generation = rewind.Generation;
        _log.Begin(_generation, rewind.Cut, outbox);
        _sequencing = SequencingIn(rewind.Cut.Phase);
        _sequencing.Begin(_generation, rewind.Cut);
    }

    private Sequencing SequencingIn(RulePhase phase) => (_plan.IsBarrier(phase) ? _barrier : _lanes).Value;
}
