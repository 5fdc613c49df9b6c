using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>An update has as many units as its rule says. Fewer are right only once a lane has come to the end of its stream.</summary>
/// <param name="plan">What is trained.</param>
/// <param name="lineage">Of the run.</param>
public sealed class UpdateSizeChecker(RunPlan plan, Lineage lineage) : IRunChecker
{
    private readonly Dictionary<long, long> _endsAt = [];

    /// <summary>Notes from which version on a lane of a generation has begun its last unit.</summary>
    public void OnInput(ActorId actor, in Input input)
    {
        if (input.Kind != InputKind.Message)
        {
            return;
        }

        switch (input.Envelope)
        {
            case Envelope<Rewind> { Message: { Cut: var cut } rewind } when Enumerable.Range(0, plan.Lanes).Any(lane => IsOver(lane, cut.LaneClocks?[lane] ?? cut.Phase.FirstStep)):
                End(rewind.Generation, cut.Version);
                break;
            case Envelope<Apply> { Message: var apply } when apply.Starts.Any(start => IsOver(start.Lane, start.Step + 1)):
                End(apply.Generation, apply.Version);
                break;
        }
    }

    public string? Problem(SimulationResult result)
    {
        var updates = result.Summary is { } summary ? lineage.Read(summary.Version).Updates : [];
        return updates.Where(update => !update.IsBarrier).Select(ProblemOf).FirstOrDefault(problem => problem is not null);
    }

    private string? ProblemOf(LineageUpdate update)
    {
        var rule = (SequencedRule)plan.Rules[update.Phase.Number];
        var needed = rule.UnitsPerUpdate(rule.UpdatesAreSteps ? LanesOf(update) : plan.Lanes);
        var mayLack = _endsAt.TryGetValue(update.Generation, out var end) && end < update.Version;
        return update.Units.Count == needed || (update.Units.Count < needed && mayLack)
            ? null
            : $"version {update.Version} consists of {update.Units.Count} units; {rule} wants {needed}";
    }

    private int LanesOf(LineageUpdate update) =>
        Math.Min(plan.Lanes, plan.Schedule.BatchLength(update.Phase.FirstStep + update.Version - 1 - update.Phase.FirstVersion));

    private void End(long generation, long version)
    {
        if (!_endsAt.TryGetValue(generation, out var known) || known > version)
        {
            _endsAt[generation] = version;
        }
    }

    /// <summary>Whether a lane has no rows from this step on.</summary>
    private bool IsOver(int lane, long step)
    {
        // A lane without rows in a whole epoch has none at all.
        var last = Math.Min(plan.TotalBatches, step + plan.Schedule.StepsPerEpoch);
        while (step < last && plan.Schedule.LaneRows(step, lane).Count == 0)
        {
            step++;
        }

        return step >= last;
    }
}
