using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// What a server does with pushed gradients until they are applied. The arithmetic on a chunk is work of its own, so that messages do not
/// wait behind it and several threads can share a partition; a short chunk is done at once.
/// </summary>
internal abstract class GradientIntake(RunPlan plan, RulePhase phase)
{
    private const long NoGeneration = -1;

    protected RunPlan Plan => plan;

    protected RulePhase Phase => phase;

    protected UpdateArithmetic Arithmetic { get; } = new(plan, phase);

    protected long Generation { get; private set; }

    /// <summary>A generation begins at this cut: everything held is let go. Work that is out is of no use any more when it comes back.</summary>
    public virtual void Begin(long generation, CompleteCut cut) => Generation = generation;

    /// <summary>The run is over: everything held is let go, and work that is out is of no use any more.</summary>
    public void Close() => Begin(NoGeneration, CompleteCut.Start);

    /// <summary>Sequenced rules: a unit begins on the current version.</summary>
    public virtual void OnStart(in LaneStart start)
    {
    }

    /// <summary>Takes the chunk over.</summary>
    public abstract void OnPush(in Push push, Outbox outbox);

    /// <summary>Applies the units of a command of the sequencer, in its order.</summary>
    public abstract void OnApply(in Apply apply, Outbox outbox);

    /// <summary>Work on a chunk has come back.</summary>
    public void OnWorkDone(ChunkWork work, Outbox outbox)
    {
        if (work.Generation == Generation)
        {
            OnDone(work, outbox);
        }

        work.Release();
        Recycle(work);
    }

    /// <summary>Work on a chunk of this generation is done; what it holds is released afterwards.</summary>
    protected abstract void OnDone(ChunkWork work, Outbox outbox);

    /// <summary>Work came back, of whatever generation, and holds nothing any more.</summary>
    protected abstract void Recycle(ChunkWork work);

    protected void Carry(ChunkWork work, Outbox outbox)
    {
        work.Intake = this;
        work.Generation = Generation;
        if (work.Length > plan.InlineUpdateLength)
        {
            outbox.StartWork(work);
            return;
        }

        work.Execute();
        OnWorkDone(work, outbox);
    }
}
