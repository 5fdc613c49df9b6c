namespace DistNet.Actors;

/// <summary>
/// K-batch-async (Dutta et al. 2018, arXiv 1803.01113; n-softsync with c = K of Zhang et al. 2016, arXiv 1511.05950): any K units form an update,
/// and nobody ever waits. E[T] = K E[X] / P for any law of service times; the mean staleness is (P - 1) / K.
/// </summary>
public sealed class KBatchAsyncRule(int units) : FreeRunningRule
{
    public override string Name => $"kbatchasync:{units}";

    public override int UnitsPerUpdate(int lanes) => units;
}
