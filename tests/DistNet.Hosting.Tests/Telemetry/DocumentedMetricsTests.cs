using DistNet.TestKit;

namespace DistNet.Hosting.Tests;

public sealed class DocumentedMetricsTests
{
    /// <summary>One row of the page's table for each instrument, with its name, unit and tags, and no other.</summary>
    [Fact]
    public void The_page_on_metrics_lists_every_instrument()
    {
        Rows("instrument").Select(cells => string.Join('|', cells[..3])).ShouldBe(TrainingMetrics.Table.Select(row =>
            $"`{row.Name}`|{row.Unit}|{Names(row.Tags)}"));
    }

    /// <summary>One row for each kind of span, with its name and tags, and no other.</summary>
    [Fact]
    public void The_page_on_metrics_lists_every_span() =>
        Rows("span").Select(cells => string.Join('|', cells[..2])).ShouldBe(TrainingTraces.Table.Select(row => $"`{row.Name}`|{Names(row.Tags)}"));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    /// <summary>Of the table whose first column is headed like that.</summary>
    private static IEnumerable<string[]> Rows(string first) => File.ReadLines(Repository.PathOf("docs", "metrics.md"))
        .SkipWhile(line => !line.StartsWith($"| {first} |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..]);
}
