namespace DistNet.Lab;

/// <summary>
/// EASGD (Zhang, Choromanska, LeCun 2015, arXiv 1412.6651): x_i &lt;- x_i - eta g_i - alpha (x_i - c), c &lt;- c + alpha (x_i - c), asynchronously in round
/// robin on x^2 / 2.
/// </summary>
public static class ElasticAveraging
{
    /// <summary>Sufficient for stability with any number of workers, for 0 &lt;= eta &lt;= 2: alpha at most (4 - 2 eta) / (4 - eta).</summary>
    /// <param name="rate">eta times the curvature.</param>
    public static double GreatestElasticity(double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 2);
        return (4 - (2 * rate)) / (4 - rate);
    }
}
