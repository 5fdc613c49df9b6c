namespace DistNet.Actors;

/// <summary>
/// The policy behind --mode. A rule counts lanes, never machines, and holds no state of a run: what it decides from arrives as
/// arguments.
/// </summary>
public abstract class UpdateRule
{
    /// <summary>As on the command line.</summary>
    public abstract string Name { get; }
}

/// <summary>
/// The units of every update are known beforehand: all lanes' shards of step t form update t + 1. Servers apply them without
/// asking, and the final weights are the same bits whoever computed what.
/// </summary>
public abstract class BarrierRule : UpdateRule;

/// <summary>The sequencer decides which held units form the next update, in one order for all servers.</summary>
public abstract class SequencedRule : UpdateRule
{
    /// <summary>Whether a lane with nothing in flight may begin its next unit.</summary>
    /// <param name="laneClock">Units of this lane that have been applied.</param>
    /// <param name="version">Updates applied.</param>
    public abstract bool MayStart(long laneClock, long version);

    /// <summary>How many of the units held by all servers, oldest first, form the next update; 0 to wait for more.</summary>
    public abstract int UnitsToApply(int held);
}
