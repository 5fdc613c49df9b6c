using System.Collections.Concurrent;
using System.Diagnostics;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// Clusters drawn from seeds, each run calm and then with faults, with every checker on. Schedules are independent, so that they run on as many threads
/// as there are; what is found does not depend on how many.
/// </summary>
public static class ChaosSession
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs until all schedules are done or one has failed; with the failure of the lowest seed, whichever was found first.</summary>
    /// <param name="options">Which. Throws <see cref="UsageException"/> with every mistake.</param>
    /// <param name="progress">Told in a line, about once a second, how far it is.</param>
    /// <param name="stop">Ends it soon; the report says how many were run.</param>
    public static ChaosReport Run(ChaosOptions options, Action<string> progress, CancellationToken stop = default) => Run(options, progress, null, stop);

    /// <param name="options">Which.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="wrap">Breaks an actor on purpose.</param>
    /// <param name="stop">Ends it soon.</param>
    internal static ChaosReport Run(ChaosOptions options, Action<string> progress, Func<Schedule, ActorId, IActor, IActor>? wrap, CancellationToken stop)
    {
        if (options.Problems is { Count: > 0 } problems)
        {
            throw new UsageException([.. problems]);
        }

        var tally = new ChaosTally();
        var watch = Stopwatch.StartNew();
        using var ticker = new Timer(_ => progress(LineOf(tally, options, watch.Elapsed)), null, TellEvery, TellEvery);

        // One seed after the other: where one fails, all before it have been run.
        var seeds = Enumerable.Range(0, options.Schedules).Select(i => options.First + (ulong)i);
        Parallel.ForEach(
            Partitioner.Create(seeds, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            (seed, state) => RunOne(options, seed, tally, wrap, state, stop));
        return tally.Report(watch.Elapsed);
    }

    private static void RunOne(
        ChaosOptions options, ulong seed, ChaosTally tally, Func<Schedule, ActorId, IActor, IActor>? wrap, ParallelLoopState state, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            state.Stop();
            return;
        }

        var outcome = ChaosSchedule.Run(options.FamilyOf(seed), seed, wrap);
        tally.Add(outcome);
        if (outcome.Failure is not null)
        {
            state.Stop();
        }
    }

    private static string LineOf(ChaosTally tally, ChaosOptions options, TimeSpan elapsed)
    {
        var done = tally.Schedules;
        return FormattableString.Invariant($"chaos: {done} of {options.Schedules} schedules, {done / elapsed.TotalSeconds:F0} a second");
    }
}
