namespace DistNet.Lab;

/// <summary>Keep the first N of N + b gradients, drop the rest: Chen et al. 2016 (arXiv 1604.00981). The time of an update is <see cref="UpdateTimes.Backup"/>.</summary>
public static class BackupWorkers
{
    /// <summary>Gradients dropped in each step: b.</summary>
    public static int DroppedPerStep(int spare) => spare;

    /// <summary>Part of the gradients begun that is thrown away: b / (N + b).</summary>
    public static double DiscardedShare(int needed, int spare) => spare / (double)(needed + spare);
}
