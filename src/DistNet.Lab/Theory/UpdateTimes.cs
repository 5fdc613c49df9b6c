namespace DistNet.Lab;

/// <summary>
/// Mean time of an update, E[T], of P workers with independent service times X and links that cost nothing: Dutta et al., AISTATS 2018
/// (arXiv 1803.01113). Times are in the law's unit.
/// </summary>
public static class UpdateTimes
{
    /// <summary>All P workers: K-sync with K = P.</summary>
    public static double BulkSynchronous(ShiftedExponential law, int workers) => KSync(law, workers, workers);

    /// <summary>The first K workers, the rest cancelled: E[X_(K:P)].</summary>
    public static double KSync(ShiftedExponential law, int workers, int k) => law.OrderStatistic(k, workers);

    /// <summary>
    /// N = P - b needed, b to spare: K-sync with K = N, D + (H_P - H_b) / mu (Chen et al. 2016, arXiv 1604.00981).
    /// </summary>
    public static double Backup(ShiftedExponential law, int workers, int spare) => KSync(law, workers, workers - spare);

    /// <summary>
    /// The first K gradients from anyone, then the rest cancelled: K / (P mu) for exponential times, and the first of P times where K is 1. There is
    /// no closed form otherwise: null.
    /// </summary>
    public static double? KBatchSync(ShiftedExponential law, int workers, int k) =>
        law.Shift == 0 ? k / (workers * law.Rate)
        : k == 1 ? KSync(law, workers, 1)
        : null;

    /// <summary>K distinct workers, the others keep computing: as K-sync for exponential times, else at most that: null.</summary>
    public static double? KAsync(ShiftedExponential law, int workers, int k) => law.Shift == 0 ? KSync(law, workers, k) : null;

    /// <summary>What <see cref="KAsync"/> does not exceed where what is left of a service time is no longer than a new one.</summary>
    public static double KAsyncBound(ShiftedExponential law, int workers, int k) => KSync(law, workers, k);

    /// <summary>K gradients from anyone, nobody ever idle: K E[X] / P, whatever the law.</summary>
    public static double KBatchAsync(ServiceLaw law, int workers, int k) => k * law.Mean / workers;

    /// <summary>Every gradient is an update: K-batch-async with K = 1.</summary>
    public static double Asynchronous(ServiceLaw law, int workers) => KBatchAsync(law, workers, 1);

    /// <summary>Time of a synchronous update over an asynchronous one, P E[X_(P:P)] / E[X]; P H_P for exponential times.</summary>
    public static double SynchronousOverAsynchronous(ShiftedExponential law, int workers) =>
        BulkSynchronous(law, workers) / Asynchronous(law, workers);

    /// <summary>The same for each gradient: an update of all is P of them; H_P for exponential times.</summary>
    public static double LossPerGradient(ShiftedExponential law, int workers) => SynchronousOverAsynchronous(law, workers) / workers;
}
