namespace DistNet.Cli.Tests;

public sealed class TextChartTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(66)]
    [InlineData(2500)]
    public void A_chart_fits_80_columns_and_falls_from_the_top_left_to_the_bottom_right(int count)
    {
        var writer = new StringWriter();

        TextChart.Write(writer, "loss", [.. Enumerable.Range(0, count).Select(i => (double)(count - i))]);

        var lines = writer.ToString().Split('\n');
        lines.ShouldAllBe(line => line.Length <= 80);
        lines[1].Split('|')[1].ShouldStartWith("*");
        lines[8].ShouldEndWith("*");
        lines[1].Length.ShouldBeLessThan(lines[8].Length);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 1.0 })]
    [InlineData(new[] { double.NaN, double.PositiveInfinity, 1 })]
    public void A_chart_of_fewer_than_two_values_is_left_out(double[] values)
    {
        var writer = new StringWriter();

        TextChart.Write(writer, "loss", values);

        writer.ToString().ShouldBeEmpty();
    }
}
