using DistNet.Actors;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Hosting;

/// <summary>Makes the runners of one process and run, and owns what they share.</summary>
/// <param name="plan">The run.</param>
/// <param name="train">The training part, scaled.</param>
/// <param name="test">The test part, scaled; null: none.</param>
/// <param name="workers">Workers of this process; their lanes stay, since nobody dies alone in one process.</param>
/// <param name="threads">Threads that compute for them.</param>
public sealed class NetworkRunners(RunPlan plan, DataSet train, DataSet? test, int workers, int threads) : IDisposable
{
    // A thread with one worker reads each version once, and packs what it reads on the way; with several, packing beforehand saves the others' work.
    private readonly WeightCache? _cache = workers > threads ? new WeightCache(plan.Layout) : null;

    /// <param name="team">Who computes the runner's products together.</param>
    public IWorkRunner Create(IComputeTeam team) => new NetworkWorkRunner(plan, train, test, MostRows(), _cache, team);

    /// <summary>After the last runner.</summary>
    public void Dispose() => _cache?.Dispose();

    /// <summary>Most rows of a batch that one worker's lanes hold.</summary>
    private int MostRows()
    {
        var lanes = (plan.Lanes + Math.Min(workers, plan.Lanes) - 1) / Math.Min(workers, plan.Lanes);
        return Math.Min(plan.Schedule.BatchSize, lanes * ((plan.Schedule.BatchSize + plan.Lanes - 1) / plan.Lanes));
    }
}
