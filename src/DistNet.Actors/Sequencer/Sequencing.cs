using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// How updates come about under a kind of rule, and the count of what was applied. One place for the whole run: version, staleness and
/// ledger are one however many servers there are.
/// </summary>
internal abstract class Sequencing(RunPlan plan, UpdateLog log)
{
    private long _units;
    private double _stalenessSum;
    private long _nextSequence;

    /// <summary>The next global batch of each lane; null where the version says it.</summary>
    public abstract IReadOnlyList<long>? LaneClocks { get; }

    protected RunPlan Plan => plan;

    protected UpdateLog Log => log;

    protected long Generation { get; private set; }

    protected RulePhase Phase { get; private set; }

    protected Placement Placement { get; private set; }

    protected long Horizon { get; private set; }

    protected long Version { get; set; }

    protected long Samples { get; private set; }

    protected long Redispatched { get; set; }

    protected DropCounts Dropped { get; set; }

    /// <summary>Samples planned: those of the whole run, or what is certain so far.</summary>
    protected abstract long Planned { get; }

    protected abstract bool IsDrained { get; }

    protected abstract bool IsAtEnd { get; }

    /// <summary>The lane that the last update waited for; -1: not known here.</summary>
    protected abstract int LastLane { get; }

    public virtual void Begin(long generation, CompleteCut cut)
    {
        Generation = generation;
        Phase = cut.Phase;
        Placement = default;
        Horizon = cut.Version;
        Version = cut.Version;
        Samples = cut.Samples;
        Redispatched = cut.Redispatched;
        Dropped = cut.Dropped;
        _units = cut.Units;
        _stalenessSum = cut.StalenessSum;
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

            // Lanes may have come to the end of their streams.
            TellIfDrained(outbox);
        }
    }

    /// <summary>A late worker's lanes are computed a second time.</summary>
    public void OnAssist(in AssistWith assist) =>
        Redispatched += Plan.SamplesOf(assist.Step, new LaneRange(assist.FirstLane, assist.EndLane));

    public abstract void OnHeld(in Held held, Outbox outbox);

    public abstract void OnApplied(in Applied applied, Outbox outbox);

    public virtual void Mark(in Checkpoint request, Outbox outbox)
    {
        if (request.Cut)
        {
            log.Flush(Version, outbox);
        }

        ToServers(new Mark(Generation, NextSequence(), Version, request.Cut, request.Evaluate), outbox);
        var milestone = new Milestone(Generation, request.Cut, request.Evaluate, ProgressWith(0, null), LaneClocks);
        outbox.Send(ActorId.Coordinator, milestone);
    }

    /// <summary>Units of one update are applied.</summary>
    protected void Count(int samples, long staleness, int units = 1)
    {
        Samples += samples;
        _units += units;
        _stalenessSum += (double)staleness * units;
    }

    protected void TellProgress(double loss, IReadOnlyList<long>? staleness, Outbox outbox) =>
        outbox.Send(ActorId.Coordinator, ProgressWith(loss, staleness));

    protected long NextSequence() => _nextSequence++;

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

    /// <summary>Where no update follows that would say so.</summary>
    protected void TellIfDrained(Outbox outbox)
    {
        if (IsDrained)
        {
            TellProgress(0, null, outbox);
        }
    }

    private Progress ProgressWith(double loss, IReadOnlyList<long>? staleness) => new(
        Generation, Version, Samples, loss, Planned, Redispatched, _stalenessSum, _units, Dropped, staleness, LastLane, Horizon, IsDrained, IsAtEnd);
}
