namespace DistNet.Simulation;

/// <summary>What becomes of one message on its way.</summary>
/// <param name="By">How much later it leaves.</param>
/// <param name="IsDropped">It is lost, and its link with it.</param>
/// <param name="IsRepeated">It arrives twice.</param>
/// <param name="DamageBits">Random bits that say which byte of its frame is altered; null: none is.</param>
internal readonly record struct MessageFate(TimeSpan By, bool IsDropped, bool IsRepeated, ulong? DamageBits);
