using DistNet.Lab;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>What the workers of each rule did, by an example of each.</summary>
internal static class ComparisonTime
{
    public static ReportSection? Of(ComparisonMaterial material)
    {
        var examples = material.Comparison.Rules.Where(rule => material.Examples.ContainsKey(rule.Rule)).Select(rule => material.Examples[rule.Rule]).ToArray();
        object?[] blocks =
        [
            new ReportText(Invariant($"Of each rule one run, with seed {material.Comparison.Runs[0].Seed} where that completed.")),
            .. examples.Select(run => run.Staleness is { } staleness ? StalenessCharts.Of($"{run.Options.Mode}: staleness of gradients", staleness, run) : null),
            .. examples.Select(run => WorkerCharts.Breakdown($"{run.Options.Mode}: where the time of a gradient went", run.Waiting)),
            .. examples.Select(run => WorkerCharts.GanttOf(run, $"{run.Options.Mode}: what workers did")),
            WorkerCharts.Legend,
        ];
        var given = blocks.OfType<object>().ToArray();
        return given.Length < 3 ? null : new ReportSection("Workers and time", given);
    }
}
