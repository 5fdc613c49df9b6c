using System.Globalization;
using DistNet.Bench;
using DistNet.Hosting;

namespace DistNet.Benchmarks;

/// <summary>
/// What a live page costs a run: two workers of one process, one server, without a page, with one that nobody looks at, and with one that a viewer reads.
/// </summary>
internal static class DashboardBenchmark
{
    private const string Without = "no page";
    private const string Unseen = "a page, nobody looks";
    private const string Seen = "a page, one viewer";

    public static async Task RunAsync(MeasureOptions options, TextWriter output)
    {
        BenchTable.WriteHead(output, MachineReport.OfThis(), options);
        var table = BenchTable.Of(2, "network", "page", "us a step", "time over no page", "least and most");
        foreach (var network in StepNetwork.All)
        {
            await MeasureAsync(network, options, table);
        }

        BenchTable.Write(output, table);
        var (drawing, telling) = DrawingCost.Measure(options.Rounds);
        output.WriteLine($"drawing all that changes in a second: {Text(drawing.Median * 1e3, "0.00")} ms ({Text(drawing.Min * 1e3, "0.00")}..{Text(drawing.Max * 1e3, "0.00")})");
        output.WriteLine($"telling the page's model a step and two units: {Text(telling.Median * 1e9, "0")} ns ({Text(telling.Min * 1e9, "0")}..{Text(telling.Max * 1e9, "0")})");
    }

    private static async Task MeasureAsync(StepNetwork network, MeasureOptions options, Spectre.Console.Table table)
    {
        var setup = StepSetup.ManyWorkers(2);
        using var bare = new HostedRun(network, setup, plan => WatchedRun.ObserverOf(plan, Unwatched.Instance).Observe);
        await using var unseen = WatchedRun.Start(network, setup);
        await using var seen = WatchedRun.Start(network, setup);
        Side[] sides = [new(Without, steps => bare.Run(steps).Seconds), unseen.Side(Unseen, isViewed: false), seen.Side(Seen, isViewed: true)];
        var result = Interleaved.Run(sides, options);
        foreach (var side in sides)
        {
            var ratio = result.TimeRatio(side.Name, Without);
            table.With(network.Name, side.Name, Text(result.Seconds(side.Name).Median * 1e6, "0.0"), Text(ratio.Median, "0.000"), $"{Text(ratio.Min, "0.000")}..{Text(ratio.Max, "0.000")}");
        }

        table.With("", $"{seen.Drawings} drawings, {seen.BytesRead / Math.Max(1, seen.Drawings)} bytes each", "", "", "");
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
