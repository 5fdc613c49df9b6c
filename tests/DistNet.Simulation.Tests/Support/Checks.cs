using System.Collections.Concurrent;
using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>What has to be true of every run, whatever happened to its cluster.</summary>
internal static class Checks
{
    private static readonly ConcurrentDictionary<(Scenario, long?), RunRecord> References = new();

    /// <summary>What is wrong with a run, or null.</summary>
    public static string? Problem(RunRecord run)
    {
        if (run.Result.Failure is { } failure)
        {
            return failure;
        }

        if (run.Result.LeakedTensors > 0)
        {
            return $"{run.Result.LeakedTensors} tensors leaked";
        }

        var summary = run.Result.Summary!;
        return LedgerProblem(run.Schedule, summary)
            ?? (run.Schedule.Plan.Rules is { Count: 1 } rules && rules[0] is BarrierRule ? BarrierProblem(run, summary) : run.Lineage.Problem(run.Schedule, summary))
            ?? EvaluationProblem(run, summary);
    }

    private static string? LedgerProblem(Schedule schedule, RunSummary summary)
    {
        const long All = Scenario.Samples * Scenario.Epochs;
        var ledger = summary.Ledger;
        return ledger.Planned != ledger.Applied + ledger.Dropped.Samples + ledger.Pending || ledger.Applied != summary.Samples ? $"unbalanced: {ledger}"
            : ledger.RolledBack < 0 || ledger.Redispatched < 0 ? $"negative: {ledger}"
            : summary.Stopped ? (schedule.EndEarlyAt is null || ledger.Planned != All || ledger.Pending <= 0 ? $"stopped: {ledger}" : null)
            : ledger.Pending != 0 ? $"pending at a clean end: {ledger}"
            : schedule.Scenario.TargetAccuracy is null && ledger.Applied + ledger.Dropped.Samples != All ? $"not all applied: {ledger}"
            : null;
    }

    /// <summary>The bits of a calm run on one worker and one server.</summary>
    private static string? BarrierProblem(RunRecord run, RunSummary summary)
    {
        var calm = Reference(run.Schedule.Scenario, summary.Stopped ? summary.Version : null);
        var reference = calm.Result.Summary!;
        if (run.Result.WeightsSha256 != calm.Result.WeightsSha256)
        {
            return $"weights {run.Result.WeightsSha256} of version {summary.Version}, calm {calm.Result.WeightsSha256} of {reference.Version}";
        }

        if (!summary.History.Epochs.SequenceEqual(reference.History.Epochs))
        {
            return $"loss [{string.Join(", ", summary.History.Epochs)}], calm [{string.Join(", ", reference.History.Epochs)}]";
        }

        // Where the end was asked for, and the request died with a coordinator, a version may have been evaluated as the last one.
        var expected = calm.Scores.ToHashSet();
        return run.Scores.Where(score => run.Schedule.EndEarlyAt is null && !expected.Contains(score)).Select(score => $"{score} was never due").FirstOrDefault()
            ?? expected.Except(run.Scores).Select(score => $"{score} is missing").FirstOrDefault();
    }

    private static string? EvaluationProblem(RunRecord run, RunSummary summary) =>
        summary.Version > 0 && !run.ScoredLately.Contains((summary.Version, summary.TestLoss))
            ? $"version {summary.Version}, test loss {summary.TestLoss}, was not evaluated in the last generation"
            : null;

    private static RunRecord Reference(Scenario scenario, long? steps) => References.GetOrAdd((scenario, steps), static key =>
        RunRecord.Of(new Schedule(0, key.Item1, 1, key.Item1.Plan(1, CutPolicy.Never, key.Item2), SimulationOptions.Jittery(0))));
}
