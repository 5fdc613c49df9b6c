namespace DistNet.Protocol;

/// <summary>
/// Coordinator to worker: estimate the curvature of the loss at the next parameters of this generation that units begin on. Nobody waits for the
/// answer, and it may never come.
/// </summary>
public readonly record struct Probe(long Generation) : IMessage;

/// <summary>Worker to coordinator, when it was asked: how curved the loss is.</summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Version">Version of the parameters.</param>
/// <param name="Curvature">Greatest eigenvalue of the Hessian of the mean loss over the samples looked at.</param>
public readonly record struct Probed(long Generation, long Version, double Curvature) : IMessage;
