using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Runs what is drawn from one seed: first calm, then with faults aimed at the calm life.</summary>
internal static class ChaosSchedule
{
    private const int TraceLines = 80;

    /// <param name="family">Of rules.</param>
    /// <param name="seed">What is drawn from.</param>
    /// <param name="wrap">Puts an actor around or in place of a real one; null: nowhere.</param>
    public static ChaosOutcome Run(string family, ulong seed, Func<Schedule, ActorId, IActor, IActor>? wrap = null)
    {
        var schedule = Schedule.Calm(family, seed);
        var calm = TryRun(schedule, wrap, out var problem);
        if (problem is null)
        {
            schedule = schedule.WithFaults(calm!);
            var run = TryRun(schedule, wrap, out problem);
            if (problem is null)
            {
                return new ChaosOutcome(seed, family, schedule, run, null);
            }
        }

        return new ChaosOutcome(seed, family, schedule, null, new ChaosFailure(seed, family, problem, $"{schedule}", TraceOf(schedule, wrap)));
    }

    /// <summary>The end of a run once more: equal seeds give equal runs.</summary>
    private static string TraceOf(Schedule schedule, Func<Schedule, ActorId, IActor, IActor>? wrap)
    {
        var tail = new TraceTail(TraceLines);
        TryRun(schedule, wrap, out _, tail);
        return tail.ToString();
    }

    /// <summary>An actor that refuses an input throws, which is a failure like any other.</summary>
    private static RunRecord? TryRun(Schedule schedule, Func<Schedule, ActorId, IActor, IActor>? wrap, out string? problem, TraceTail? tail = null)
    {
        try
        {
            var run = RunRecord.Of(schedule, wrap is null ? null : (id, actor) => wrap(schedule, id, actor), tail);
            problem = run.Problem;
            return run;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            problem = $"{e.GetType().Name}: {e.Message}";
            return null;
        }
    }
}

/// <summary>How a schedule ended.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Family">The family of its rule.</param>
/// <param name="Schedule">What was run, with its faults where it came so far.</param>
/// <param name="Run">The run with faults; null where one failed.</param>
/// <param name="Failure">What was wrong; null: nothing.</param>
internal sealed record ChaosOutcome(ulong Seed, string Family, Schedule Schedule, RunRecord? Run, ChaosFailure? Failure);
