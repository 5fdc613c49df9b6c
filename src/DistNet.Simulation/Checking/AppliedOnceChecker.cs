namespace DistNet.Simulation;

/// <summary>No gradient is in the final weights twice, and the samples of those that are in them are as many as the run says.</summary>
/// <param name="lineage">Of the run.</param>
public sealed class AppliedOnceChecker(Lineage lineage) : IRunChecker
{
    public string? Problem(SimulationResult result)
    {
        if (result.Summary is not { } summary)
        {
            return null;
        }

        var (updates, problem) = lineage.Read(summary.Version);
        var applied = new HashSet<(int Lane, long Step)>();
        var samples = 0L;
        foreach (var (update, unit) in updates.SelectMany(update => update.Units.Select(unit => (update, unit))))
        {
            problem ??= applied.Add((unit.Lane, unit.Step)) ? null : $"the unit of lane {unit.Lane} and step {unit.Step} is contained a second time in version {update.Version}";
            samples += unit.Samples;
        }

        return problem ?? (samples == summary.Samples ? null : $"{samples} samples in the lineage, {summary.Samples} in the summary");
    }
}
