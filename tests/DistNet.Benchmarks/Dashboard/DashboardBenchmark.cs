using System.Diagnostics;
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

        // Before the runs: what they are to show is a page whose code is compiled.
        var (drawing, telling, compiling) = DrawingCost.Measure(options.Rounds);
        output.WriteLine($"drawing all that changes in a second: {Text(drawing.Median * 1e3, "0.00")} ms ({Text(drawing.Min * 1e3, "0.00")}..{Text(drawing.Max * 1e3, "0.00")})");
        output.WriteLine($"telling the page's model a step and two units: {Text(telling.Median * 1e9, "0")} ns ({Text(telling.Min * 1e9, "0")}..{Text(telling.Max * 1e9, "0")})");
        output.WriteLine($"compiling the code that draws, once in a process: {Text(compiling.TotalSeconds, "0.00")} s of one processor");
        var table = BenchTable.Of(2, "network", "page", "us a step", "time over none", "spread", "beside it");
        foreach (var network in StepNetwork.All)
        {
            await MeasureAsync(network, options, table);
        }

        BenchTable.Write(output, table);
        output.WriteLine("beside it: time of all processors that goes into anything but the run, the viewer's own included (Linux)");
    }

    private static async Task MeasureAsync(StepNetwork network, MeasureOptions options, Spectre.Console.Table table)
    {
        var setup = StepSetup.ManyWorkers(2);
        using var bare = new HostedRun(network, setup, plan => WatchedRun.ObserverOf(plan, Unwatched.Instance).Observe);
        var account = new Dictionary<string, (double Other, double Run)>();
        await using var unseen = WatchedRun.Start(network, setup);
        await using var seen = WatchedRun.Start(network, setup);
        Side[] sides = [.. new Side[] { new(Without, steps => bare.Run(steps).Seconds), unseen.Side(Unseen, isViewed: false), seen.Side(Seen, isViewed: true) }.Select(side => Accounted(side, account))];
        var result = Interleaved.Run(sides, options);
        foreach (var side in sides)
        {
            var ratio = result.TimeRatio(side.Name, Without);
            table.With(network.Name, side.Name, Text(result.Seconds(side.Name).Median * 1e6, "0.0"), Text(ratio.Median, "0.000"), $"{Text(ratio.Min, "0.000")}..{Text(ratio.Max, "0.000")}", ShareOf(account[side.Name]));
        }

        table.With("", $"{seen.Drawings} drawings, {seen.BytesRead >> 10} KB", "", "", "", "");
    }

    /// <summary>Adds up what a side's turns take, and what of the processors meanwhile goes into anything but the run.</summary>
    private static Side Accounted(Side side, Dictionary<string, (double Other, double Run)> account) => new(side.Name, steps =>
    {
        var (others, began) = (new OtherThreads(), Stopwatch.GetTimestamp());
        var seconds = side.Run(steps);
        var (other, run) = account.GetValueOrDefault(side.Name);
        account[side.Name] = (other + others.Seconds, run + Stopwatch.GetElapsedTime(began).TotalSeconds);
        return seconds;
    });

    private static string ShareOf((double Other, double Run) account) =>
        Text(100 * account.Other / (account.Run * Environment.ProcessorCount), "0.00") + " %";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
