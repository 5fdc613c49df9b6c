using DistNet.Hosting;

namespace DistNet.Cli.Tests;

public sealed class ViewTests
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

    [Fact]
    public async Task The_live_view_shows_epochs_workers_and_the_bar()
    {
        var writer = new StringWriter();

        await LiveProgress.RunAsync(writer, 1, progress =>
        {
            progress.Step(new(1, 4, 25, 100, 1));
            progress.Step(new(2, 4, 50, 100, 1));
            progress.Epoch(new(1, 2, 2, 0.5, null, 0.875, 1000, [new("worker [0]", "0..1", 500, "computing")]));
            return Task.FromResult(CommandRunner.Result());
        });

        var text = writer.ToString();
        text.ShouldContain("87.50 %");
        text.ShouldContain("worker [0]");
        text.ShouldContain("50 %  step 2/4");
    }
}
