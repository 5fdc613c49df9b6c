namespace DistNet.Lab;

/// <summary>A learning rate that is divided by a gradient's age (Zhang et al. 2016, arXiv 1511.05950).</summary>
public static class StalenessAwareRate
{
    /// <summary>alpha_0 / tau, and alpha_0 where tau is 0.</summary>
    public static double Of(double rate, int staleness) => staleness > 0 ? rate / staleness : rate;
}
