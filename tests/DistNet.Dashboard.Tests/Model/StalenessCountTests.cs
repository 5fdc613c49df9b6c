using DistNet.Protocol;
using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

public sealed class StalenessCountTests
{
    private readonly StalenessCount _count = new();

    [Fact]
    public void Units_are_counted_by_their_staleness()
    {
        _count.Add(Told.Advanced(1, 0, 0));
        _count.Add(Told.Advanced(2, 1, 3));

        var view = _count.View();
        view.Units.ShouldBe([2, 1, 0, 1]);
        (view.Mean, view.Most, view.Count).ShouldBe((1, 3, 4));
    }

    [Fact]
    public void What_is_far_beyond_is_counted_in_the_last_place()
    {
        _count.Add(Told.Advanced(1, 100_000));

        var view = _count.View();
        view.Units.Count.ShouldBe(StalenessCount.Places);
        (view.Units[^1], view.Mean, view.Most).ShouldBe((1, 100_000, 100_000));
    }

    /// <summary>A recovery rolls units back; the coordinator's count knows that.</summary>
    [Fact]
    public void The_coordinators_count_takes_the_place_of_ones_own()
    {
        _count.Add(Told.Advanced(1, 9, 9, 9));
        _count.Replace(new StalenessSummary(0.5, 1, [2, 2]));
        _count.Add(Told.Advanced(2, 1));

        var view = _count.View();
        view.Units.ShouldBe([2, 3]);
        view.Mean.ShouldBe(0.6, 1e-9);
    }

    [Fact]
    public void A_few_units_far_out_do_not_stretch_the_histogram()
    {
        for (var i = 1; i <= 2000; i++)
        {
            _count.Add(Told.Advanced(i, i == 1000 ? 120 : i % 4));
        }

        _count.View().UsualPlaces.ShouldBe(4);
    }
}
