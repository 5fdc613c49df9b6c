namespace DistNet.Learning;

/// <summary>
/// Gradient descent on lambda w^2 / 2 with gradients that are a constant tau versions old: w_(t+1) = w_t + m (w_t - w_(t-1)) - alpha lambda w_(t-tau), with
/// momentum m. Stable exactly when the roots of (z - 1) (z - m) z^(tau-1) + alpha lambda are inside the unit circle.
/// </summary>
public static class DelayStability
{
    // Halves an interval of pi down to the precision of a double.
    private const int Halvings = 60;

    /// <summary>Without momentum: alpha lambda must be below 2 sin(pi / (2 (2 tau + 1))).</summary>
    /// <param name="staleness">tau, not negative; a mean need not be whole.</param>
    public static double Limit(double staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        return 2 * Math.Sin(Math.PI / (2 * ((2 * staleness) + 1)));
    }

    /// <summary>
    /// What alpha lambda must be below with momentum. The first roots to leave the circle do so at e^(+-i theta), where the sides of
    /// (z - 1) (z - m) z^(tau-1) = -alpha lambda have equal arguments: arg(e^(i theta) - m) + (tau - 1/2) theta = pi / 2, whose left side grows with
    /// theta. There alpha lambda = |z - 1| |z - m|. Without delay it is 2 (1 + m) (Polyak 1964); with a long one about (1 - m) pi / (2 tau).
    /// </summary>
    /// <param name="staleness">tau, not negative.</param>
    /// <param name="momentum">m, from 0 to below 1.</param>
    public static double Limit(double staleness, double momentum)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(momentum, 1);
        var (low, high) = (0.0, Math.PI);
        for (var i = 0; i < Halvings; i++)
        {
            var theta = (low + high) / 2;
            var argument = Math.Atan2(Math.Sin(theta), Math.Cos(theta) - momentum) + ((staleness - 0.5) * theta);
            (low, high) = argument < Math.PI / 2 ? (theta, high) : (low, theta);
        }

        return 2 * Math.Sin(high / 2) * Math.Sqrt(1 + (momentum * momentum) - (2 * momentum * Math.Cos(high)));
    }

    /// <summary>What <see cref="Limit(double)"/> comes to for large tau: pi / (2 tau).</summary>
    public static double LimitOfLarge(double staleness) => Math.PI / (2 * staleness);

    /// <summary>The greatest learning rate that is stable.</summary>
    /// <param name="curvature">lambda, above 0: the greatest eigenvalue of the Hessian.</param>
    /// <param name="staleness">tau.</param>
    /// <param name="momentum">m.</param>
    public static double GreatestRate(double curvature, double staleness, double momentum = 0) => Limit(staleness, momentum) / curvature;

    /// <summary>The inverse of <see cref="Limit(double)"/>: the staleness up to which alpha lambda is stable; below 0 where it is not even without delay.</summary>
    /// <param name="rateTimesCurvature">alpha lambda, above 0; above 2 nothing is stable.</param>
    public static double GreatestStaleness(double rateTimesCurvature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateTimesCurvature);
        return rateTimesCurvature > 2 ? -1 : ((Math.PI / (2 * Math.Asin(rateTimesCurvature / 2))) - 1) / 2;
    }
}
