using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// How updates come about under a kind of rule, and the count of what was applied. One place for the whole run: version, staleness and
/// ledger are one however many servers there are.
/// </summary>
internal abstract class Sequencing(RunPlan plan)
{
    protected RunPlan Plan => plan;

    protected long Generation { get; private set; }

    protected Placement Placement { get; private set; }

    protected long Horizon { get; private set; }

    protected long Version { get; set; }

    protected long Samples { get; set; }

    protected long Units { get; set; }

    protected double StalenessSum { get; set; }

    protected long Redispatched { get; set; }

    private long _nextSequence;

    /// <summary>Units applied of each lane; null where the version says it.</summary>
    public abstract IReadOnlyList<long>? LaneClocks { get; }

    public virtual void Begin(long generation, CompleteCut cut)
    {
        Generation = generation;
        Placement = default;
        Horizon = cut.Version;
        Version = cut.Version;
        Samples = cut.Samples;
        Units = cut.Units;
        StalenessSum = cut.StalenessSum;
        Redispatched = cut.Redispatched;
        _nextSequence = 0;
    }

    public void Place(in Placement placement, Outbox outbox)
    {
        if (Placement.Workers is null || placement.Number > Placement.Number)
        {
            var before = Placement;
            Placement = placement;
            OnPlaced(before, outbox);
        }
    }

    public void RunUntil(long version, Outbox outbox)
    {
        if (version > Horizon)
        {
            Horizon = version;
            OnHorizon(outbox);
            TellIfDrained(outbox);
        }
    }

    /// <summary>A late worker's lanes are computed a second time.</summary>
    public void OnAssist(in AssistWith assist) =>
        Redispatched += Plan.SamplesOf(assist.Step, new LaneRange(assist.FirstLane, assist.EndLane));

    public abstract void OnHeld(in Held held, Outbox outbox);

    public abstract void OnApplied(in Applied applied, Outbox outbox);

    /// <summary>Where the run stands. Planned counts what is certain: the whole run, or what has been dispatched.</summary>
    public abstract Progress ProgressWith(double loss);

    public void Mark(in Checkpoint request, Outbox outbox)
    {
        ToServers(new Mark(Generation, NextSequence(), Version, request.Cut, request.Evaluate), outbox);
        var milestone = new Milestone(Generation, request.Cut, request.Evaluate, ProgressWith(0), LaneClocks);
        outbox.Send(ActorId.Coordinator, milestone);
    }

    protected long NextSequence() => _nextSequence++;

    /// <summary>Lanes may have come to the end of their streams: then no update follows that would say so.</summary>
    private void TellIfDrained(Outbox outbox)
    {
        var progress = ProgressWith(0);
        if (progress.IsDrained)
        {
            outbox.Send(ActorId.Coordinator, progress);
        }
    }

    protected abstract void OnPlaced(in Placement before, Outbox outbox);

    protected abstract void OnHorizon(Outbox outbox);

    protected void ToServers<T>(in T message, Outbox outbox)
        where T : struct, IMessage
    {
        for (var i = 0; i < plan.Map.Partitions.Length; i++)
        {
            outbox.Send(ActorId.Server(i), message);
        }
    }
}
