namespace DistNet.Lab;

/// <summary>
/// How old gradients are when they are applied, in versions, where the reply to a push carries the new weights and no worker idles. An update makes
/// every other gradient in flight older by one; so the means hold for any law of service times.
/// </summary>
public static class StalenessLaws
{
    /// <summary>Every gradient is an update: P - 1 exactly.</summary>
    public static double MeanAsynchronous(int workers) => workers - 1;

    /// <summary>An update after every <paramref name="gradients"/> (c) gradients, n-softsync with c = floor(P / n): (P - 1) / c exactly.</summary>
    public static double MeanKBatchAsync(int workers, int gradients) => (workers - 1) / (double)gradients;

    /// <summary>Gradients in an update of n-softsync: floor(P / n) (Zhang et al. 2016, arXiv 1511.05950).</summary>
    public static int SoftSyncGradients(int workers, int n) => workers / n;

    /// <summary>With exponential times staleness is geometric: Pr(k) = (1/P) (1 - 1/P)^k.</summary>
    public static double GeometricProbability(int workers, int staleness) => Math.Pow(1 - (1.0 / workers), staleness) / workers;

    /// <summary>Variance of that law: P (P - 1).</summary>
    public static double GeometricVariance(int workers) => (double)workers * (workers - 1);
}
