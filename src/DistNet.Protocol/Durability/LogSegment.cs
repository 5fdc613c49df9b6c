namespace DistNet.Protocol;

/// <summary>
/// What the sequencer decided between two versions, so that the run can be repeated: every unit of every update. It is durable with the cut that
/// holds those updates. One without units and of no length says that a generation began there, and what came after is void.
/// </summary>
/// <param name="Generation">Generation in which it was decided.</param>
/// <param name="Phase">The update rule in force.</param>
/// <param name="FromVersion">Updates applied before its first.</param>
/// <param name="ToVersion">Updates applied after its last.</param>
/// <param name="Units">In the order in which they were applied.</param>
public sealed record LogSegment(long Generation, RulePhase Phase, long FromVersion, long ToVersion, IReadOnlyList<UnitRecord> Units) : DurableItem;

/// <summary>One unit of one update.</summary>
/// <param name="Version">The update it is part of.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Step">Its global batch.</param>
/// <param name="ReadVersion">Version it was computed on.</param>
/// <param name="OwnFrom">See <see cref="LaneStart"/>.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="Scale">Factor of its gradient.</param>
public readonly record struct UnitRecord(
    long Version, int Lane, long Step, long ReadVersion, long OwnFrom, int Samples, float Scale);
