namespace DistNet.Lab;

/// <summary>SSP: a worker may start clock c when the slowest has completed c - s (Ho et al., NIPS 2013). s = 0 is BSP.</summary>
public static class StaleSynchronous
{
    /// <summary>The fastest worker has completed at most s + 1 clocks more than the slowest.</summary>
    public static int GreatestGap(int slack) => slack + 1;

    /// <summary>
    /// Versions that a gradient can be behind where a version is a completed clock, as in DistNet: it began at version c - s at least, and is applied
    /// as version c + 1's.
    /// </summary>
    public static int GreatestStaleness(int slack) => slack;

    /// <summary>
    /// Gradients per unit time that no finite slack can exceed: P times the slowest worker's rate. SSP cures delays that come and go, never a machine
    /// that is slow for good.
    /// </summary>
    /// <param name="workers">P.</param>
    /// <param name="slowestMean">Mean service time of the slowest worker.</param>
    public static double ThroughputLimit(int workers, double slowestMean) => workers / slowestMean;
}
