namespace DistNet.Hosting.Tests;

public sealed class DocumentedMetricsTests
{
    /// <summary>One row of the page's table for each instrument, with its name, unit and tags, and no other.</summary>
    [Fact]
    public void The_page_on_metrics_lists_every_instrument()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "metrics.md"))
            .Where(line => line.StartsWith("| `distnet.", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..4]);
        rows.Select(cells => string.Join('|', cells)).ShouldBe(TrainingMetrics.Table.Select(row =>
            $"`{row.Name}`|{row.Unit}|{string.Join(", ", row.Tags.Select(tag => $"`{tag}`"))}"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DistNet.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
