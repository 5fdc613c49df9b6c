using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class StalenessReportTests
{
    [Fact]
    public void Small_staleness_is_exact_and_large_is_in_doubling_ranges()
    {
        var counts = new long[1024];
        (counts[0], counts[63], counts[64], counts[127], counts[128], counts[1023]) = (1, 2, 3, 4, 5, 6);
        var report = StalenessReport.Of(new StalenessSummary(9.5, 4000, counts));
        report.Histogram.ShouldBe([new(0, 0, 1), new(63, 63, 2), new(64, 127, 7), new(128, 255, 5), new(512, 4000, 6)]);
        (report.Mean, report.Max).ShouldBe((9.5, 4000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(100)]
    public void No_unit_is_lost_and_ranges_end_at_the_highest(int places)
    {
        var counts = Enumerable.Range(1, places).Select(units => (long)units).ToArray();
        var report = StalenessReport.Of(new StalenessSummary(0, Math.Max(0, places - 1), counts));
        report.Histogram.Sum(range => range.Units).ShouldBe(counts.Sum());
        report.Histogram.LastOrDefault()?.To.ShouldBe(places - 1);
        report.Histogram.Zip(report.Histogram.Skip(1), (one, next) => next.From - one.To).ShouldAllBe(gap => gap == 1);
    }
}
