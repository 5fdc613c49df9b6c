using System.Xml.Linq;

namespace DistNet.Reporting.Tests;

public sealed class ChartTests
{
    public static TheoryData<string> Charts => ["lines", "histogram", "bars", "gantt", "heat", "pictures"];

    [Theory]
    [MemberData(nameof(Charts))]
    public async Task A_chart_is_well_formed_and_escapes_all_text(string chart)
    {
        var html = await RenderAsync(chart);
        html.ShouldNotContain("<script");
        XElement.Parse(html.Replace("&nbsp;", " ", StringComparison.Ordinal)).Value.ShouldContain(ChartSamples.Hostile);
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public async Task Equal_models_give_equal_text(string chart) => (await RenderAsync(chart)).ShouldBe(await RenderAsync(chart));

    [Theory]
    [MemberData(nameof(Charts))]
    public async Task A_chart_asks_for_nothing_from_elsewhere(string chart)
    {
        var html = await RenderAsync(chart);
        html.ShouldNotContain("http");
        html.ShouldNotContain("url(");
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("histogram")]
    [InlineData("bars")]
    [InlineData("gantt")]
    [InlineData("heat")]
    public async Task A_drawing_has_a_role_a_title_and_a_label(string chart)
    {
        var svg = XElement.Parse(await RenderAsync(chart)).Elements("svg").Single();
        svg.Attribute("role")!.Value.ShouldBe("img");
        svg.Elements().First().Name.LocalName.ShouldBe("title");
        svg.Attribute("aria-label")!.Value.ShouldBe(svg.Elements().First().Value);
    }

    [Fact]
    public async Task Points_that_are_not_numbers_are_left_out()
    {
        var html = await RenderAsync("lines");
        html.ShouldNotContain("NaN");
        XElement.Parse(html).Descendants("circle").Count().ShouldBe(5);
    }

    [Fact]
    public async Task A_bar_is_as_long_as_its_value()
    {
        var widths = XElement.Parse(await RenderAsync("bars")).Elements("svg").Single().Elements("rect").Select(rect => (double)rect.Attribute("width")!).ToArray();
        (widths[0] / widths[2]).ShouldBe(1.5, 0.01);
        (widths[1] / widths[2]).ShouldBe(0.25, 0.01);
    }

    [Fact]
    public async Task Marks_of_a_gantt_are_across_its_rows_where_their_moments_are()
    {
        var model = new GanttModel("t", new("x"), [new("work", 0)], ["a", "b"], [new(0, 0, 0, 4), new(1, 0, 4, 10)]) { Marks = new("applied", 5, [4]) };
        var figure = XElement.Parse(await HtmlText.OfModelAsync<Gantt>(model));
        figure.Elements("ul").Elements("li").Last().Value.Trim().ShouldBe("applied");
        var drawing = figure.Elements("svg").Single();
        var mark = drawing.Elements("path").Single(path => path.Attribute("class")!.Value == "line c6").Attribute("d")!.Value;
        var second = drawing.Elements("rect").Last();
        mark.ShouldStartWith($"M{second.Attribute("x")!.Value} ");
        double.Parse(mark.Split('V')[1], System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan((double)second.Attribute("y")! + (double)second.Attribute("height")!);
    }

    [Fact]
    public async Task Bars_that_leave_something_out_say_so_without_curves_too()
    {
        var model = new HistogramModel("t", new("x"), new("y"), [new(0, 1, 0.5)]);
        (await HtmlText.OfModelAsync<Histogram>(model)).ShouldNotContain("<ul");
        (await HtmlText.OfModelAsync<Histogram>(model with { BarsName = "measured; half is beyond" })).ShouldContain("measured; half is beyond");
    }

    [Fact]
    public async Task Charts_without_anything_are_drawn()
    {
        await HtmlText.OfModelAsync<LineChart>(new LineChartModel("t", new("x"), new("y"), []));
        await HtmlText.OfModelAsync<Histogram>(new HistogramModel("t", new("x"), new("y"), []));
        await HtmlText.OfModelAsync<BarChart>(new BarChartModel("t", new("x"), [], []));
        await HtmlText.OfModelAsync<Gantt>(new GanttModel("t", new("x"), [], [], []));
        await HtmlText.OfModelAsync<HeatMap>(new HeatMapModel("t", "r", "c", [], [], []));
    }

    private static Task<string> RenderAsync(string chart) => chart switch
    {
        "lines" => HtmlText.OfModelAsync<LineChart>(ChartSamples.Lines),
        "histogram" => HtmlText.OfModelAsync<Histogram>(ChartSamples.Histogram),
        "bars" => HtmlText.OfModelAsync<BarChart>(ChartSamples.Bars),
        "gantt" => HtmlText.OfModelAsync<Gantt>(ChartSamples.Gantt),
        "heat" => HtmlText.OfModelAsync<HeatMap>(ChartSamples.Heat),
        _ => HtmlText.OfModelAsync<PictureGrid>(ChartSamples.Pictures),
    };
}
