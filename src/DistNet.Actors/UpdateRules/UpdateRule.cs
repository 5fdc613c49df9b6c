using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The policy behind --mode. A rule counts lanes, never machines, and holds no state of a run: what it decides from arrives as
/// arguments. Two kinds: under a <see cref="BarrierRule"/> everybody knows beforehand what forms an update; under a
/// <see cref="SequencedRule"/> the sequencer asks it.
/// </summary>
public abstract class UpdateRule
{
    /// <summary>As on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The weights that lanes compute on.</summary>
    public virtual LaneWeightsKind LaneWeights => LaneWeightsKind.Parameters;

    /// <summary><see cref="LaneWeightsKind.Elastic"/>: how far a lane and the parameters move to each other, as a part of the way.</summary>
    public virtual float Elasticity => 0;

    /// <summary>Highest staleness that a unit can have; null: there is no bound.</summary>
    /// <param name="lanes">Lanes of the run.</param>
    public virtual long? StalenessBound(int lanes) => 0;

    /// <summary>Mean staleness of units while every lane computes, where it does not depend on how long units take; else null.</summary>
    /// <param name="lanes">Lanes of the run.</param>
    public virtual double? MeanStaleness(int lanes) => StalenessBound(lanes) == 0 ? 0 : null;

    public override string ToString() => Name;
}

/// <summary>What a lane computes on, and what it pushes.</summary>
public enum LaneWeightsKind
{
    /// <summary>The parameters as they were read; it pushes gradients.</summary>
    Parameters,

    /// <summary>The parameters, plus its own plain-SGD steps that are not applied yet; it pushes gradients.</summary>
    OwnSteps,

    /// <summary>Weights that it keeps and that are drawn to the parameters; it pushes how far they are apart.</summary>
    Elastic,
}

/// <summary>
/// The units of every update are known beforehand: all lanes' shards of <see cref="StepsPerUpdate"/> global batches. Servers apply them without
/// asking, and the final weights are the same bits whoever computed what.
/// </summary>
public abstract class BarrierRule : UpdateRule
{
    /// <summary>Global batches in an update.</summary>
    public abstract int StepsPerUpdate { get; }
}

/// <summary>
/// The sequencer decides which held units form the next update, in one order for all servers. Versions, steps and the horizon are counted
/// from where the rule began.
/// </summary>
public abstract class SequencedRule : UpdateRule
{
    /// <summary>Update t is of one global batch, the t-th: a lane that was left behind skips what it has missed.</summary>
    public virtual bool UpdatesAreSteps => false;

    /// <summary>Units still being computed when an update is complete are cancelled, and dropped.</summary>
    public virtual bool CancelsTheRest => false;

    /// <summary>Units in an update, where there is no lack of them.</summary>
    /// <param name="lanes">Lanes that can contribute.</param>
    public abstract int UnitsPerUpdate(int lanes);

    /// <summary>Units in the update that follows a version; as always, unless it is known.</summary>
    public virtual int UnitsAfter(long version, int lanes) => UnitsPerUpdate(lanes);

    /// <summary>Whether a lane that computes nothing may begin its next unit.</summary>
    public abstract bool MayStart(in LaneStanding lane, in RunStanding run);

    /// <summary>Whether a held unit may be part of the next update.</summary>
    /// <param name="lane">The unit's lane.</param>
    /// <param name="step">Its global batch.</param>
    /// <param name="version">Updates applied.</param>
    public virtual bool IsDue(int lane, long step, long version) => true;

    /// <summary>The first step from this one on that the lane is to compute.</summary>
    public virtual long NextStep(int lane, long step) => step;

    /// <summary>True while units are to begin on this version before the next update may come; only where that is known.</summary>
    public virtual bool MustWait(long version, long begunOnIt) => false;

    /// <summary>A lane stays where it is although lanes are shared out anew: what it has of its own lies there, and is needed.</summary>
    public virtual bool KeepsHosts => false;

    /// <summary>Which of a lane's own steps its weights have in them.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="step">The unit that begins.</param>
    /// <param name="usual">What follows from where the lane's units were computed.</param>
    public virtual long OwnFrom(int lane, long step, long usual) => usual;
}

/// <summary>Where a lane stands.</summary>
/// <param name="Lane">Its number.</param>
/// <param name="Step">Its next global batch.</param>
/// <param name="Held">Units of it that servers hold and that are not applied yet.</param>
public readonly record struct LaneStanding(int Lane, long Step, int Held);

/// <summary>Where the run stands.</summary>
/// <param name="Version">Updates applied.</param>
/// <param name="Horizon">Updates up to which lanes may begin units.</param>
/// <param name="Pending">Units that are being computed or held.</param>
/// <param name="Lanes">Lanes that can contribute.</param>
public readonly record struct RunStanding(long Version, long Horizon, long Pending, int Lanes);
