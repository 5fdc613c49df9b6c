namespace DistNet.Reporting.Tests;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(4.567, "4.57")]
    [InlineData(1234, "1234")]
    [InlineData(12345, "12.3k")]
    [InlineData(-2.5e6, "-2.5M")]
    [InlineData(0.00005, "5e-5")]
    [InlineData(3.21e20, "3.21e20")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void Three_digits(double value, string text) => NumberText.Of(value).ShouldBe(text);

    [Theory]
    [InlineData(0.0000123, "12.3 µs")]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(4.56, "4.56 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    public void Seconds_in_the_unit_that_suits_them(double seconds, string text) => NumberText.Seconds(seconds).ShouldBe(text);

    [Fact]
    public void Counts_are_in_full() => NumberText.Count(1234567).ShouldBe("1\u00a0234\u00a0567");

    [Fact]
    public void Shares_are_percent() => NumberText.Percent(0.98333).ShouldBe("98.3 %");
}
