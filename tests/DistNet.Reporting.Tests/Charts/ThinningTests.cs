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
    public void A_band_encloses_what_it_did()
    {
        var band = Enumerable.Range(0, 10_001).Select(i => new BandPoint(i, Math.Sin(i) - 1, i == 5_003 ? 100 : Math.Sin(i))).ToArray();
        var thinned = Thinning.Thin(band, 100);
        thinned.Count.ShouldBe(100);
        (thinned[0].X, thinned[^1].X).ShouldBe((0, 10_000));
        var places = thinned.Zip(thinned.Skip(1)).Where((_, i) => i % 2 == 0).ToArray();
        band.ShouldAllBe(point => places.Any(piece => piece.First.X <= point.X && point.X <= piece.Second.X && piece.First.Low <= point.Low && piece.First.High >= point.High));
        thinned.Count(point => point.High == 100).ShouldBe(2);
    }

    [Fact]
    public void Few_points_stay_as_they_are()
    {
        ChartPoint[] points = [new(0, 1), new(1, 2)];
        Thinning.Thin(points, 4).ShouldBeSameAs(points);
    }
}
