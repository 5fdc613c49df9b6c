namespace DistNet.Reporting.Tests;

public sealed class ThinningTests
{
    [Fact]
    public void Peaks_and_ends_stay()
    {
        var points = Enumerable.Range(0, 10_000).Select(i => new ChartPoint(i, i == 5_003 ? 100 : Math.Sin(i))).ToArray();
        var thinned = Thinning.Thin(points, 200);
        thinned.Count.ShouldBeLessThanOrEqualTo(200);
        thinned.ShouldContain(points[5_003]);
        thinned[0].ShouldBe(points[0]);
        thinned[^1].ShouldBe(points[^1]);
        thinned.Select(point => point.X).ShouldBeInOrder();
    }

    [Fact]
    public void Few_points_stay_as_they_are()
    {
        ChartPoint[] points = [new(0, 1), new(1, 2)];
        Thinning.Thin(points, 4).ShouldBeSameAs(points);
    }
}
