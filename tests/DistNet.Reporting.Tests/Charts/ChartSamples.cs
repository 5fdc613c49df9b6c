namespace DistNet.Reporting.Tests;

/// <summary>One of each chart, with text that must be escaped.</summary>
internal static class ChartSamples
{
    public const string Hostile = "<script>alert('x')</script>&\"";

    public static LineChartModel Lines => new("Loss " + Hostile, new("updates"), new("loss") { Logarithmic = true }, [
        new("train " + Hostile, [new(0, 2.3), new(50, 0.5), new(100, 0.1)]) { Band = [new(0, 2, 2.5), new(50, 0.4, 0.7), new(100, 0.05, 0.2)] },
        new("test", [new(0, 2.4), new(50, double.NaN), new(100, 0.2)]) { Dashed = true },
    ]);

    public static HistogramModel Histogram => new("Staleness " + Hostile, new("staleness", "updates") { Whole = true }, new("share") { Percent = true }, [
        new(-0.5, 0.5, 0.5), new(0.5, 1.5, 0.3), new(1.5, 2.5, 0.2),
    ])
    {
        Curves = [new("theory " + Hostile, [new(0, 0.48), new(1, 0.31), new(2, 0.21)])],
    };

    public static BarChartModel Bars => new("Time " + Hostile, new("time", "s"), [new("compute", 0), new(Hostile, 1)], [
        new("worker-0 " + Hostile, [1.5, 0.25]) { Note = "1.75 s" },
        new("worker-1", [1]),
    ]);

    public static GanttModel Gantt => new("Workers " + Hostile, new("time", "ms"), [new("compute", 0), new("push", 1), new(Hostile, ChartStyles.Muted)], ["worker-0", "worker-1"], [
        new(0, 0, 0, 10), new(0, 1, 10, 11), new(0, 2, 11, 20) { Label = "worker-1" }, new(1, 0, 0, 19) { Label = Hostile },
    ]);

    public static HeatMapModel Heat => new("Confusion " + Hostile, "true", "predicted", ["cat", Hostile], ["cat", "a rather long name"], [
        [new(0.9, "90"), new(0.1, "10", 1)],
        [new(0, "0"), new(1, Hostile)],
    ]);

    public static PictureGridModel Pictures => new("Mistakes " + Hostile, [
        new(PixelColours.Seen([0, 1, 2, 3], 2, 2, 1), ["is 3", Hostile]),
    ]);
}
