using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>
/// A <see cref="Comparison"/> for people: medians over seeds with their standard deviations. Beside the time of an update stands what was planned from
/// recorded service times, beside staleness what theory says.
/// </summary>
public static class ComparisonTable
{
    private const string None = "-";

    public static void Write(TextWriter writer, Comparison comparison)
    {
        WriteLearning(writer, comparison);
        WriteTiming(writer, comparison);
        foreach (var run in comparison.Runs.Where(run => run.Outcome != RunOutcome.Completed))
        {
            writer.WriteLine(RunLine.Of(run));
        }
    }

    private static void WriteLearning(TextWriter writer, Comparison comparison)
    {
        var table = LabTable.Of(1, ["rule", "runs", "train loss", "accuracy %", .. TargetTitles(comparison)]);
        foreach (var rule in comparison.Rules)
        {
            table.With([
                rule.Rule,
                Runs(rule),
                Spread(rule.TrainLoss, 1, "0.0000"),
                Spread(rule.TestAccuracy, 100, "0.00"),
                .. Targets(comparison, rule)]);
        }

        LabTable.Write(writer, table);
    }

    private static void WriteTiming(TextWriter writer, Comparison comparison)
    {
        var table = LabTable.Of(1, "rule", "samples/s", "ms/update", "plan", "stale", "theory", "drop", "wait");
        foreach (var rule in comparison.Rules)
        {
            table.With(
                rule.Rule,
                Median(rule.SamplesPerSecond, 1, "0"),
                Median(rule.SecondsPerUpdate, 1000, "0.000"),
                Median(rule.PlannedSecondsPerUpdate, 1000, "0.000"),
                Median(rule.Staleness, 1, "0.00"),
                Number(rule.TheoryStaleness, "0.00"),
                Percent(rule.DroppedShare),
                Percent(rule.WaitingShare));
        }

        LabTable.Write(writer, table);
    }

    private static IEnumerable<string> TargetTitles(Comparison comparison)
    {
        if (comparison.TargetAccuracy is { } accuracy)
        {
            yield return Invariant($"s to {100 * accuracy:0.##} %");
        }

        if (comparison.TargetLoss is { } loss)
        {
            yield return Invariant($"s to {loss:0.####}");
        }
    }

    private static IEnumerable<string> Targets(Comparison comparison, RuleSummary rule)
    {
        if (comparison.TargetAccuracy is not null)
        {
            yield return Median(rule.SecondsToAccuracy, 1, "0.00");
        }

        if (comparison.TargetLoss is not null)
        {
            yield return Median(rule.SecondsToLoss, 1, "0.00");
        }
    }

    private static string Runs(RuleSummary rule) => rule.Completed == rule.Runs ? Invariant($"{rule.Runs}") : Invariant($"{rule.Completed}/{rule.Runs}");

    private static string Spread(SeedSpread? spread, double scale, string format) =>
        spread is null ? None
        : spread.Count == 1 ? Number(spread.Median * scale, format)
        : $"{Number(spread.Median * scale, format)} ±{Number(spread.Deviation * scale, format)}";

    private static string Median(SeedSpread? spread, double scale, string format) => Number(spread?.Median * scale, format);

    private static string Percent(SeedSpread? share) => share is null ? None : LabTable.Percent(share.Median, 1);

    private static string Number(double? value, string format) => value?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? None;
}
