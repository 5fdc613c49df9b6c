namespace DistNet.Reporting.Tests;

public sealed class AxisScaleTests
{
    private static readonly ChartAxis Plain = new("value");

    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.013, 0.047, "0.01 0.02 0.03 0.04 0.05")]
    [InlineData(0, 12345, "0 5k 10k 15k")]
    [InlineData(-3, 3, "-3 -2 -1 0 1 2 3")]
    [InlineData(990, 1010, "990 995 1000 1005 1010")]
    public void Linear_ticks_are_multiples_of_1_2_or_5_and_enclose_the_values(double low, double high, string labels)
    {
        var scale = AxisScale.Of(Plain, [low, high]);
        string.Join(' ', scale.Ticks.Select(tick => tick.Label)).ShouldBe(labels);
        scale.Low.ShouldBeLessThanOrEqualTo(low + 1e-12);
        scale.High.ShouldBeGreaterThanOrEqualTo(high - 1e-12);
    }

    [Theory]
    [InlineData(0.002, 3, "0.003 0.01 0.03 0.1 0.3 1 3")]
    [InlineData(2, 80, "2 5 10 20 50 100")]
    [InlineData(1e-9, 1e9, "1e-9 1e-6 0.001 1 1000 1M 1G")]
    public void Logarithmic_ticks_are_powers_of_ten_or_between_them(double low, double high, string labels)
    {
        var scale = AxisScale.Of(Plain with { Logarithmic = true }, [low, high, 0, -1]);
        string.Join(' ', scale.Ticks.Select(tick => tick.Label)).ShouldBe(labels);
        scale.Place(low).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Places_go_from_0_to_1_by_the_law_of_the_axis()
    {
        AxisScale.Of(Plain with { Tight = true }, [2, 6]).Place(3).ShouldBe(0.25, 1e-12);
        AxisScale.Of(Plain with { Logarithmic = true }, [1, 100]).Place(10).ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void What_is_beyond_the_range_stays_at_its_end()
    {
        var scale = AxisScale.Of(Plain, [0, 1]);
        scale.Place(7).ShouldBe(1);
        scale.Place(-7).ShouldBe(0);
    }

    [Fact]
    public void Odd_values_do_no_harm()
    {
        double[][] all = [[], [0], [5], [-5, -5], [double.NaN, double.PositiveInfinity], [1e-300], [1e300, -1e300], [1e-7, 3e-7]];
        foreach (var values in all)
        {
            foreach (var axis in (ChartAxis[])[Plain, Plain with { Logarithmic = true }, Plain with { Tight = true, Whole = true }, Plain with { FromZero = true, Percent = true }])
            {
                var scale = AxisScale.Of(axis, values);
                scale.High.ShouldBeGreaterThan(scale.Low);
                scale.Ticks.Count.ShouldBeLessThan(25);
                scale.Ticks.ShouldAllBe(tick => tick.Label.Length > 0 && tick.Label.Length < 14);
                scale.Ticks.ShouldAllBe(tick => tick.Value >= scale.Low - (1e-9 * (scale.High - scale.Low)));
            }
        }
    }

    [Fact]
    public void Counts_have_no_ticks_between_whole_numbers() =>
        AxisScale.Of(Plain with { Whole = true, Tight = true }, [0.5, 3.5]).Ticks.Select(tick => tick.Label).ShouldBe(["1", "2", "3"]);

    [Fact]
    public void Shares_are_written_as_percent() =>
        AxisScale.Of(Plain with { Percent = true }, [0.9, 0.98]).Ticks.Select(tick => tick.Label).ShouldBe(["90 %", "92 %", "94 %", "96 %", "98 %"]);
}
