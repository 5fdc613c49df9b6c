using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>One update that final weights contain.</summary>
/// <param name="Version">The version it led to.</param>
/// <param name="Generation">In which it was applied.</param>
/// <param name="Phase">The rule that was in force.</param>
/// <param name="IsBarrier">Servers applied it without being told: all lanes' units of its steps.</param>
/// <param name="Units">What it consists of.</param>
public sealed record LineageUpdate(long Version, long Generation, RulePhase Phase, bool IsBarrier, IReadOnlyList<LineageUnit> Units);

/// <summary>One gradient in an update.</summary>
/// <param name="Lane">Whose shard.</param>
/// <param name="Step">Of which global batch.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="ReadVersion">Version it was computed from.</param>
public readonly record struct LineageUnit(int Lane, long Step, int Samples, long ReadVersion);
