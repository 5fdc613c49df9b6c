using DistNet.Lab;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>How a comparison was made.</summary>
internal static class ComparisonOrigin
{
    public static ReportSection Of(ComparisonMaterial material)
    {
        var comparison = material.Comparison;
        return new ReportSection("How it was made", [
            .. material.Command is { } command ? [new ReportText("The command, as it was typed:"), new ReportCode(command)] : Array.Empty<object>(),
            new ReportText("The command of each run alone:"),
            new ReportCode(string.Join('\n', comparison.Runs.Select(run => run.Command))),
            new ReportFacts([
                new("carried out", comparison.Under),
                new("seeds", string.Join(", ", comparison.Runs.Select(run => run.Seed).Distinct().Order().Select(seed => Invariant($"{seed}")))),
                .. material.Examples.Values.Select(run => run.Model?.DataSha256).OfType<string>().Distinct().Take(1).Select(hash => new ReportFact("data, SHA-256", hash)),
                new("arithmetic probe, SHA-256", comparison.Environment.Arithmetic),
            ]) { AreLong = true },
            OriginSection.EnvironmentFacts(comparison.Environment),
            new ReportTable(["run", "configuration, SHA-256", "weights, SHA-256"], [.. comparison.Runs.Select(run => (IReadOnlyList<ReportCell>)[
                run.Folder, new(run.ConfigSha256) { IsCode = true }, new(run.WeightsSha256 ?? "-") { IsCode = true }])]) { Words = 3 },
            new ReportText("What all runs share:"),
            OriginSection.Configuration(material.Options, "mode", "seed"),
        ]);
    }
}
