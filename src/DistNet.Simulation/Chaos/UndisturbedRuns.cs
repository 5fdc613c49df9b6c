using System.Collections.Concurrent;
using DistNet.Actors;

namespace DistNet.Simulation;

/// <summary>The bits of calm runs on one worker and one server, each computed once. For many threads.</summary>
internal static class UndisturbedRuns
{
    private static readonly ConcurrentDictionary<(Scenario Scenario, long? Steps), UndisturbedRun> Known = new();

    public static UndisturbedRun Of(Scenario scenario, long? steps) => Known.GetOrAdd((scenario, steps), static key =>
    {
        var plan = key.Scenario.Plan(1, CutPolicy.Never, key.Steps);
        var run = RunRecord.Of(new Schedule(0, key.Scenario, 1, plan, SimulationOptions.Jittery(0)), isReference: true);
        var summary = run.Result.Summary!;
        return new UndisturbedRun(summary.Version, run.Result.WeightsSha256, summary.History.Epochs, run.Scores.ToHashSet());
    });
}
