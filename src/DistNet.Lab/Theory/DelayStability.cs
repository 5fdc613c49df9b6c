namespace DistNet.Lab;

/// <summary>
/// Gradient descent on lambda w^2 / 2 with gradients that are a constant tau versions old: w_(t+1) = w_t - alpha lambda w_(t-tau). Stable exactly when
/// the roots of z^(tau+1) - z^tau + alpha lambda are inside the unit circle.
/// </summary>
public static class DelayStability
{
    /// <summary>alpha lambda must be below 2 sin(pi / (2 (2 tau + 1))).</summary>
    /// <param name="staleness">tau, not negative; a mean need not be whole.</param>
    public static double Limit(double staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        return 2 * Math.Sin(Math.PI / (2 * ((2 * staleness) + 1)));
    }

    /// <summary>What <see cref="Limit"/> comes to for large tau: pi / (2 tau).</summary>
    public static double LimitOfLarge(double staleness) => Math.PI / (2 * staleness);

    /// <summary>The greatest learning rate that is stable.</summary>
    /// <param name="curvature">lambda, above 0: the greatest eigenvalue of the Hessian.</param>
    /// <param name="staleness">tau.</param>
    public static double GreatestRate(double curvature, double staleness) => Limit(staleness) / curvature;

    /// <summary>The inverse of <see cref="Limit"/>: the staleness up to which alpha lambda is stable; below 0 where it is not even without delay.</summary>
    /// <param name="rateTimesCurvature">alpha lambda, above 0; above 2 nothing is stable.</param>
    public static double GreatestStaleness(double rateTimesCurvature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateTimesCurvature);
        return rateTimesCurvature > 2 ? -1 : ((Math.PI / (2 * Math.Asin(rateTimesCurvature / 2))) - 1) / 2;
    }
}
