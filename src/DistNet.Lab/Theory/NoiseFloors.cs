namespace DistNet.Lab;

/// <summary>
/// What is left of f = c w^2 / 2 when gradient noise and descent are in balance. Exact for this f: w_(t+1) = (1 - eta c) w_t - eta n_t, so
/// Var w = eta^2 Var n / (1 - (1 - eta c)^2).
/// </summary>
public static class NoiseFloors
{
    /// <summary>E[f] of K-sync, whose mean of K gradients has noise variance s2 / K: eta s2 / (2 K (2 - eta c)). K = 1: serial gradient descent.</summary>
    /// <param name="rate">eta.</param>
    /// <param name="curvature">c.</param>
    /// <param name="variance">s2, of one gradient's noise.</param>
    /// <param name="k">Gradients in an update.</param>
    public static double KSync(double rate, double curvature, double variance, int k) =>
        rate * variance / (2 * k * (2 - (rate * curvature)));

    /// <summary>Updates after which E[f] of K-sync has come down to a target: what is above the floor shrinks by (1 - eta c)^2 with each.</summary>
    /// <param name="rate">eta; eta c is in (0, 1).</param>
    /// <param name="curvature">c.</param>
    /// <param name="variance">s2, of one gradient's noise.</param>
    /// <param name="k">Gradients in an update.</param>
    /// <param name="first">f at the beginning.</param>
    /// <param name="target">Above the floor.</param>
    public static double KSyncUpdatesTo(double rate, double curvature, double variance, int k, double first, double target)
    {
        var floor = KSync(rate, curvature, variance, k);
        return Math.Log((target - floor) / (first - floor)) / (2 * Math.Log(1 - (rate * curvature)));
    }

    /// <summary>
    /// The bound on it of Dutta et al. 2018 as it reads for this f (L = c): eta s2 / (2 K). It is 2 - eta c times the exact floor, and holds while
    /// eta c is at most 1.
    /// </summary>
    public static double KSyncBound(double rate, double variance, int k) => rate * variance / (2 * k);

    /// <summary>
    /// E[f] of local SGD after averaging K workers, for every number of local steps: averaging commutes with a linear map, so with data that are
    /// independent and alike it is mini-batch SGD's (Stich 2018, arXiv 1805.09767).
    /// </summary>
    public static double LocalSteps(double rate, double curvature, double variance, int workers) => KSync(rate, curvature, variance, workers);
}
