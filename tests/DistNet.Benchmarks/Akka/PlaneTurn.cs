using System.Diagnostics;
using DistNet.Bench;
using DistNet.Cluster;

namespace DistNet.Benchmarks;

/// <summary>What was measured of a cluster that was alone on the machine.</summary>
/// <param name="Step">Seconds of a step.</param>
/// <param name="Shares">What its processes took while it trained, of all processors.</param>
/// <param name="Rest">What they took while it rested, of one processor.</param>
/// <param name="WarmUp">Seconds that it trained before.</param>
internal sealed record PlaneTurn(double Step, ClusterSeconds Shares, double Rest, double WarmUp)
{
    private const double WarmUpTurn = 4;

    /// <summary>The compiler has ended where it takes less of the processors than this: it never ends altogether.</summary>
    private const double CompilerShare = 0.01;

    private static readonly TimeSpan RestFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromMinutes(2);

    /// <summary>Trains until the code is compiled, then so many seconds that count.</summary>
    public static async Task<PlaneTurn> MeasureAsync(ControlOptions plane, double seconds)
    {
        using var work = new ClusterWork();
        await using var cluster = await ComparedPlanes.StartAsync(plane, work);
        var watch = Stopwatch.StartNew();
        var stepsASecond = TrainUntilCompiled(cluster);
        var warmUp = watch.Elapsed.TotalSeconds;
        var steps = (int)Math.Max(1, seconds * stepsASecond);
        watch.Restart();
        var times = new ClusterTimes(cluster.Cluster);
        var step = cluster.Side.Run(steps) / steps;
        var shares = times.Elapsed / (watch.Elapsed.TotalSeconds * Environment.ProcessorCount);
        return new PlaneTurn(step, shares, await RestAsync(cluster.Cluster), warmUp);
    }

    /// <summary>Steps a second at its end.</summary>
    private static double TrainUntilCompiled(ClusterSide cluster)
    {
        var whole = Stopwatch.StartNew();
        var steps = 100;
        while (true)
        {
            var watch = Stopwatch.StartNew();
            var times = new ClusterTimes(cluster.Cluster);
            var rate = steps / cluster.Side.Run(steps);
            var compiling = times.Elapsed.Compiling / (watch.Elapsed.TotalSeconds * Environment.ProcessorCount);
            var isLong = steps / rate > WarmUpTurn / 2;
            if ((isLong && compiling < CompilerShare) || whole.Elapsed > WarmUpLimit)
            {
                return rate;
            }

            steps = (int)Math.Min(4.0 * steps, 1 + (rate * WarmUpTurn));
        }
    }

    private static async Task<double> RestAsync(LocalCluster cluster)
    {
        var times = new ClusterTimes(cluster);
        using var timer = new PeriodicTimer(RestFor);
        await timer.WaitForNextTickAsync();
        return times.Elapsed.All / RestFor.TotalSeconds;
    }
}
