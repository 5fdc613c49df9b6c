using System.Diagnostics;
using DistNet.Bench;

namespace DistNet.Benchmarks;

/// <summary>A cluster, and what its processes take of the processors in its turns.</summary>
internal sealed class MeasuredPlane(ClusterSide cluster)
{
    private const double WarmUpTurn = 4;

    /// <summary>The compiler has ended where it takes less of the processors than this: it never ends altogether.</summary>
    private const double CompilerShare = 0.01;

    /// <summary>In a shorter turn a run's beginning and its end are most of what is counted.</summary>
    private static readonly TimeSpan ShortestTurn = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RestFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromMinutes(2);

    private readonly List<ClusterSeconds> _shares = [];

    public string Name => cluster.Side.Name;

    public Side Side => new(Name, Run);

    /// <summary>In each turn that was not too short, of all processors.</summary>
    public IReadOnlyList<ClusterSeconds> Shares => _shares;

    /// <summary>Trains until the code is compiled; the seconds that it took.</summary>
    public double TrainUntilCompiled()
    {
        var whole = Stopwatch.StartNew();
        var steps = 100;
        for (var isCompiled = false; !isCompiled && whole.Elapsed < WarmUpLimit;)
        {
            var seconds = Run(steps);
            isCompiled = seconds > WarmUpTurn / 2 && _shares[^1].Compiling < CompilerShare;
            steps = (int)Math.Min(4.0 * steps, 1 + (WarmUpTurn / seconds * steps));
        }

        _shares.Clear();
        return whole.Elapsed.TotalSeconds;
    }

    /// <summary>What the processes take while they rest, of one processor.</summary>
    public async Task<double> RestAsync()
    {
        var times = new ClusterTimes(cluster.Cluster);
        using var timer = new PeriodicTimer(RestFor);
        await timer.WaitForNextTickAsync();
        return times.Elapsed.All / RestFor.TotalSeconds;
    }

    private double Run(int steps)
    {
        var watch = Stopwatch.StartNew();
        var times = new ClusterTimes(cluster.Cluster);
        var seconds = cluster.Side.Run(steps);
        if (watch.Elapsed > ShortestTurn)
        {
            _shares.Add(times.Elapsed / (watch.Elapsed.TotalSeconds * Environment.ProcessorCount));
        }

        return seconds;
    }
}
