using DistNet.Actors;

namespace DistNet.Simulation;

/// <summary>
/// Staleness is the version that a unit is applied to minus the version it was computed from: never below zero, never above what the rule allows, and
/// on average what the run says of itself.
/// </summary>
/// <param name="plan">What is trained.</param>
/// <param name="lineage">Of the run.</param>
public sealed class StalenessChecker(RunPlan plan, Lineage lineage) : IRunChecker
{
    private const double Rounding = 1e-9;

    public string? Problem(SimulationResult result)
    {
        if (result.Summary is not { } summary)
        {
            return null;
        }

        var updates = lineage.Read(summary.Version).Updates.Where(update => !update.IsBarrier).ToArray();
        return updates.Select(OutOfBounds).FirstOrDefault(problem => problem is not null) ?? Miscounted(updates, summary.Version, summary.StalenessMean);
    }

    private string? OutOfBounds(LineageUpdate update)
    {
        var rule = plan.Rules[update.Phase.Number];
        var bound = rule.StalenessBound(plan.Lanes);
        foreach (var unit in update.Units)
        {
            var staleness = update.Version - 1 - unit.ReadVersion;
            if (staleness < 0 || staleness > bound)
            {
                return $"the unit of lane {unit.Lane} and step {unit.Step} was applied with staleness {staleness}; {rule} allows {bound}";
            }
        }

        return null;
    }

    /// <summary>Where all updates were commanded; under a barrier nobody counts units.</summary>
    private static string? Miscounted(LineageUpdate[] updates, long versions, double mean)
    {
        if (updates.Length < versions || versions == 0)
        {
            return null;
        }

        var expected = updates.SelectMany(update => update.Units.Select(unit => (double)(update.Version - 1 - unit.ReadVersion))).Average();
        return Math.Abs(mean - expected) <= Rounding * (1 + expected) ? null : FormattableString.Invariant($"mean staleness {mean} was counted, {expected} is right");
    }
}
