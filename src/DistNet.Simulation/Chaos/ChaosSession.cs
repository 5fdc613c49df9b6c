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

        var work = new SeedQueue(options.Schedules);
        Parallel.For(0, options.Threads, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, _ => RunMany(options, work, tally, wrap, stop));
        return tally.Report(watch.Elapsed);
    }

    private static void RunMany(ChaosOptions options, SeedQueue work, ChaosTally tally, Func<Schedule, ActorId, IActor, IActor>? wrap, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && work.TryTake(out var place))
        {
            var seed = options.First + (ulong)place;
            var outcome = ChaosSchedule.Run(options.FamilyOf(seed), seed, wrap);
            tally.Add(outcome);
            if (outcome.Failure is not null)
            {
                work.End();
            }
        }
    }

    private static string LineOf(ChaosTally tally, ChaosOptions options, TimeSpan elapsed)
    {
        var done = tally.Schedules;
        return FormattableString.Invariant($"chaos: {done} of {options.Schedules} schedules, {done / elapsed.TotalSeconds:F0} a second");
    }

    /// <summary>One after the other, so that all seeds before one that fails have been begun, and are finished.</summary>
    private sealed class SeedQueue(int count)
    {
        private int _next = -1;
        private volatile bool _isOver;

        public bool TryTake(out int place)
        {
            place = _isOver ? count : Interlocked.Increment(ref _next);
            return place < count;
        }

        public void End() => _isOver = true;
    }
}
