using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>What every server says it has applied, in which order, is the lineage.</summary>
/// <param name="plan">What is trained.</param>
/// <param name="lineage">Of the run.</param>
public sealed class ServerLogChecker(RunPlan plan, Lineage lineage) : IRunChecker
{
    public string? Problem(SimulationResult result) =>
        result.Summary is { } summary && LogOf(lineage.Read(summary.Version).Updates) is var log && lineage.FinalLogs.Any(final => final != log)
            ? "a server's log is not the lineage"
            : null;

    private ApplyLog LogOf(IReadOnlyList<LineageUpdate> updates)
    {
        var log = ApplyLog.Empty;
        foreach (var update in updates)
        {
            log = update.IsBarrier
                ? log.Add(update.Version, -1, update.Version - 1, plan.SamplesOf(plan.StepsOf(update.Phase, update.Version - 1)))
                : update.Units.Aggregate(log, (before, unit) => before.Add(update.Version, unit.Lane, unit.Step, unit.Samples));
        }

        return log;
    }
}
