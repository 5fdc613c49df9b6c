using System.Text.Json.Nodes;

namespace DistNet.Lab.Tests;

public sealed class VerificationTests
{
    private static Estimate Value(double mean, double standardError) => new(mean, standardError, 31);

    [Theory]
    [InlineData(1.0, 0.003, true)]
    [InlineData(1.0119, 0.003, true)]
    [InlineData(0.9881, 0.003, true)]
    [InlineData(1.0121, 0.003, false)]
    [InlineData(0.9879, 0.003, false)]
    public void A_statistical_row_is_at_most_four_standard_errors_off(double value, double standardError, bool passes) =>
        VerificationRow.Statistical("x", Value(value, standardError), 1).Passes.ShouldBe(passes);

    [Fact]
    public void A_figure_that_is_hardly_known_proves_nothing()
    {
        VerificationRow.Statistical("x", Value(100, 0.4), 100).Passes.ShouldBeTrue();
        VerificationRow.Statistical("x", Value(100, 0.41), 100).Passes.ShouldBeFalse();
        VerificationRow.Statistical("x", Value(double.NaN, 0), 100).Passes.ShouldBeFalse();
    }

    [Fact]
    public void An_exact_row_is_exact()
    {
        VerificationRow.Exact("x", 7, 7).Passes.ShouldBeTrue();
        VerificationRow.Exact("x", Math.BitIncrement(7), 7).Passes.ShouldBeFalse();
        VerificationRow.Exact("x", 0, 0).Error.ShouldBe(0);
        VerificationRow.Exact("x", 0.25, 0).Error.ShouldBe(0.25);
    }

    [Fact]
    public void The_table_has_eighty_columns_and_says_what_fails()
    {
        var report = Report();
        using var writer = new StringWriter();
        report.Write(writer);
        var lines = writer.ToString().Split('\n');
        lines.ShouldAllBe(line => line.TrimEnd().Length <= 80);
        lines.Single(line => line.Contains("gap")).ShouldContain("NO");
        lines.Single(line => line.Contains("K-sync")).ShouldContain("yes");
        report.Passes.ShouldBeFalse();
    }

    [Fact]
    public void The_json_has_every_figure()
    {
        var json = JsonNode.Parse(Report().ToJson())!;
        json["passes"]!.GetValue<bool>().ShouldBeFalse();
        var row = json["rows"]![0]!;
        row["name"]!.GetValue<string>().ShouldStartWith("K-sync");
        row["relativeStandardError"]!.GetValue<double>().ShouldBe(0.002, 1e-9);
        row["error"]!.GetValue<double>().ShouldBe(-0.001, 1e-9);
        json["rows"]![1]!["standardError"].ShouldBeNull();
    }

    private static VerificationReport Report() => new(
    [
        VerificationRow.Statistical("K-sync, 16 workers, K = 4, exponential times: time of an update, in units", Value(0.2772225, 0.000555), 0.2775),
        VerificationRow.Exact("SSP, slack 2: clocks' gap", 4, 3),
    ]);
}
