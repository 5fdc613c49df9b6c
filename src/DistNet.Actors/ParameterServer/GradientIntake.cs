using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>What a server does with pushed gradients until they are applied.</summary>
internal abstract class GradientIntake
{
    /// <summary>Takes the chunk over.</summary>
    public abstract void OnPush(in Push push, Outbox outbox);

    /// <summary>Applies the units of a command of the sequencer, in its order.</summary>
    public abstract void OnApply(in Apply apply, Outbox outbox);

    /// <summary>A generation begins at this cut: everything held is let go.</summary>
    public abstract void Begin(long generation, CompleteCut cut);
}
