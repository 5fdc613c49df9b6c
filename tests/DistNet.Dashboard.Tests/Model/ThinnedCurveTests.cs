using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

public sealed class ThinnedCurveTests
{
    [Fact]
    public void A_short_curve_is_kept_as_it_is()
    {
        var curve = new ThinnedCurve(4);
        curve.Add(1, 5);
        curve.Add(2, 3);

        curve.ToArray().ShouldBe([new ThinPoint(1, 5, 5, 5), new ThinPoint(2, 3, 3, 3)]);
    }

    /// <summary>A million values: bounded, nothing of their mean, range and end is lost, and places hold equally many.</summary>
    [Fact]
    public void A_long_curve_is_joined_and_keeps_mean_range_and_end()
    {
        const int values = 1 << 20;
        var curve = new ThinnedCurve(200);
        for (var i = 1; i <= values; i++)
        {
            curve.Add(i, i % 1000);
        }

        var points = curve.ToArray();
        points.Length.ShouldBeInRange(100, 200);
        points[^1].X.ShouldBe(values);
        points.Zip(points.Skip(1), (a, b) => b.X - a.X).SkipLast(1).Distinct().ShouldHaveSingleItem();
        (points.Min(point => point.Least), points.Max(point => point.Most)).ShouldBe((0, 999));
        points.Average(point => point.Mean).ShouldBe(499.5, 1);
    }

    [Fact]
    public void Means_are_weighted()
    {
        var curve = new ThinnedCurve(2);
        curve.Add(1, 100, weight: 3);
        curve.Add(2, 20, weight: 1);
        curve.Add(3, 7);

        curve.ToArray()[0].ShouldBe(new ThinPoint(2, 80, 20, 100));
    }

    [Fact]
    public void A_run_that_goes_back_takes_its_curve_back()
    {
        var curve = new ThinnedCurve(8);
        for (var i = 1; i <= 6; i++)
        {
            curve.Add(i, i);
        }

        curve.Add(3, 30);

        curve.ToArray().Select(point => (point.X, point.Mean)).ShouldBe([(1, 1), (2, 2), (3, 30)]);
    }

    [Fact]
    public void What_is_not_finite_is_left_out()
    {
        var curve = new ThinnedCurve(8);
        curve.Add(1, 1);
        curve.Add(2, double.NaN);
        curve.Add(3, double.PositiveInfinity);
        curve.Add(4, 4);

        curve.ToArray().Select(point => point.X).ShouldBe([1, 4]);
    }
}
