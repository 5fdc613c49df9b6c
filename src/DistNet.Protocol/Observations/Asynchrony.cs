namespace DistNet.Protocol;

/// <summary>How far apart reading and updating have been so far; told before the end of an epoch that is evaluated, and before the end of the run.</summary>
public readonly record struct AsynchronyObserved(Asynchrony SoFar) : IMessage;

/// <summary>One piece of a worker's work on gradients is done.</summary>
/// <param name="Worker">Its number.</param>
/// <param name="Step">The global batch.</param>
/// <param name="Samples">Samples in it; 0: the lanes have none of this batch.</param>
/// <param name="Compute">How long it took.</param>
/// <param name="Wait">How long the worker had nothing to do before.</param>
/// <param name="WaitedFor">The other worker that held it up; -1: none did, or it is not known.</param>
public readonly record struct UnitObserved(int Worker, long Step, int Samples, TimeSpan Compute, TimeSpan Wait, int WaitedFor) : IMessage;

/// <summary>The asynchrony of a run.</summary>
/// <param name="Staleness">Of the units in the lineage of the current weights: what was rolled back is not in it.</param>
/// <param name="Drift">Since the generation in force began; null: nothing was measured.</param>
/// <param name="ImplicitMomentum">
/// t / (1 + t) for a mean staleness of t. With M workers and exponential service times staleness is geometric with mean M - 1, and the mean
/// displacement obeys SGD with momentum 1 - 1/M (Mitliagkas et al. 2016, arXiv 1605.09774). With other service times it is a figure to compare by.
/// </param>
/// <param name="Waiting">Of each worker that has computed, by its number, since this coordinator began.</param>
public sealed record Asynchrony(StalenessSummary Staleness, DriftSummary? Drift, double ImplicitMomentum, IReadOnlyList<WorkerWaiting> Waiting)
{
    /// <summary>The learning rate, held to what is stable; null: no curvature was measured, or the limit has no meaning for the run.</summary>
    public RateVerdict? Rate { get; init; }
}

/// <summary>A learning rate, and what is stable with gradients as late as they are.</summary>
/// <param name="Rate">The rate of an update now, schedule included.</param>
/// <param name="Staleness">Mean staleness of units.</param>
/// <param name="Curvature">Greatest eigenvalue of the Hessian of what an update descends on: the loss and its penalty.</param>
/// <param name="StableRate">Rates below it are stable.</param>
public sealed record RateVerdict(double Rate, double Staleness, double Curvature, double StableRate)
{
    public bool IsStable => Rate < StableRate;
}

/// <param name="Mean">Mean over units.</param>
/// <param name="Max">Highest of all; after a rewind, of those that the histogram tells apart.</param>
/// <param name="Histogram">Units with a staleness of 0, 1, 2 and so on; the last of very many (1024) counts what is beyond too.</param>
public sealed record StalenessSummary(double Mean, long Max, IReadOnlyList<long> Histogram);

/// <summary>Euclidean distance between the weights that units were computed on and those they were applied to, root mean square over an update's units.</summary>
/// <param name="Mean">Over the updates measured.</param>
/// <param name="Latest">Of the last one.</param>
/// <param name="Updates">Updates measured.</param>
public sealed record DriftSummary(double Mean, double Latest, long Updates);

/// <param name="Worker">Its number.</param>
/// <param name="Units">Pieces of work done.</param>
/// <param name="Compute">Time spent on them.</param>
/// <param name="Wait">Time without anything to do before them.</param>
/// <param name="Causes">For whom, the longest first.</param>
public sealed record WorkerWaiting(int Worker, long Units, TimeSpan Compute, TimeSpan Wait, IReadOnlyList<WaitCause> Causes);

/// <param name="Worker">The worker that was waited for; -1: an exchange with servers, an evaluation or a cut, or it is not known.</param>
/// <param name="Time">For how long.</param>
public readonly record struct WaitCause(int Worker, TimeSpan Time);
