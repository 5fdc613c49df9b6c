namespace DistNet.Lab;

/// <summary>A run at the end of an epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Version">Updates applied.</param>
/// <param name="Samples">Samples applied.</param>
/// <param name="Seconds">Since the run began; wall time, virtual time under simulation.</param>
/// <param name="TrainLoss">Over the epoch's samples.</param>
/// <param name="TestLoss">Null where it was not evaluated.</param>
/// <param name="TestAccuracy">From 0 to 1; null where it was not evaluated.</param>
public sealed record CurvePoint(int Epoch, long Version, long Samples, double Seconds, double TrainLoss, double? TestLoss, double? TestAccuracy);
