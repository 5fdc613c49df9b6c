using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>How asynchronous a run was, as metrics.jsonl and the result have it.</summary>
/// <param name="Staleness">Null: nothing was stale.</param>
/// <param name="Drift">Null: it was not measured.</param>
/// <param name="ImplicitMomentum">Null: nothing was stale.</param>
/// <param name="Waiting">Of each worker; null: nothing was told.</param>
public sealed record AsynchronyReport(
    StalenessReport? Staleness, DriftSummary? Drift, double? ImplicitMomentum, IReadOnlyList<WaitingReport>? Waiting)
{
    public static readonly AsynchronyReport Nothing = new(null, null, null, null);

    /// <summary>Greatest eigenvalue of the Hessian of the loss and its penalty; null: it was not measured.</summary>
    public double? Curvature { get; init; }

    /// <summary>Learning rates below it are stable at that curvature and the present staleness; null: not known.</summary>
    public double? StableLearningRate { get; init; }

    public static AsynchronyReport Of(Asynchrony asynchrony)
    {
        var isStale = asynchrony.Staleness.Max > 0;
        return new AsynchronyReport(
            isStale ? StalenessReport.Of(asynchrony.Staleness) : null,
            asynchrony.Drift,
            isStale ? asynchrony.ImplicitMomentum : null,
            WaitingReport.Of(asynchrony))
        {
            Curvature = asynchrony.Rate?.Curvature,
            StableLearningRate = asynchrony.Rate?.StableRate,
        };
    }
}
