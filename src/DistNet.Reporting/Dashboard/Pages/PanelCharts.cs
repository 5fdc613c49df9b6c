using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Reporting;

/// <summary>The charts of a run that goes on, from what is known of it.</summary>
internal static class PanelCharts
{
    /// <summary>Workers that are drawn, at most.</summary>
    public const int MostWorkers = 16;

    /// <summary>Units of a worker that are seen, at most.</summary>
    private const int MostUnits = 18;

    /// <summary>So many times lower than at first.</summary>
    private const double Far = 30;

    private static readonly ChartPart[] Kinds = [new("compute", 0), new("push, update, pull and the rest", 2), new("wait, for whom", 1)];
    private static readonly ChartAxis Updates = new("updates") { Whole = true };

    /// <summary>
    /// Of updates, as a mean with the range that it stands for; of epochs on the test part. A loss that has fallen far is drawn by its magnitude, without the
    /// range, whose lowest values would push the rest to the top.
    /// </summary>
    public static LineChartModel Loss(RunView run)
    {
        var train = run.Loss.Count > 0 ? run.Loss : run.TrainLoss;
        var isFar = IsFar(train);
        var series = new List<LineSeries> { new(isFar ? "train" : "train, with its range over updates", PointsOf(train)) { Band = isFar ? [] : BandOf(train) } };
        if (run.Loss.Count > 0 && run.TrainLoss is [var first, ..] && first.X < run.FirstVersion)
        {
            series.Add(new LineSeries("train, over epochs", PointsOf(run.TrainLoss)) { Dashed = true });
        }

        if (run.TestLoss.Count > 0)
        {
            series.Add(new LineSeries("test", PointsOf(run.TestLoss)) { Colour = 2 });
        }

        return new LineChartModel("Loss", Updates, new ChartAxis("loss") { Logarithmic = isFar }, series);
    }

    public static LineChartModel Accuracy(RunView run) =>
        new("Accuracy on the test part", Updates, new ChartAxis("accuracy") { Percent = true }, [new LineSeries("test", PointsOf(run.Accuracy)) { Colour = 2 }]);

    public static LineChartModel Rate(RunView run, bool isVirtual) => new(
        "Throughput", Updates, new ChartAxis(isVirtual ? "samples a virtual second" : "samples a second") { FromZero = true }, [new LineSeries("samples a second", PointsOf(run.Rate))]);

    /// <summary>Shares of the units, less the few that are far from all others, with the geometric law over them where the rule is one that it is for.</summary>
    public static HistogramModel Staleness(RunView run)
    {
        var staleness = run.Staleness;
        var bars = staleness.Units.Take(staleness.UsualPlaces).Select((units, i) => new HistogramBar(i - 0.5, i + 0.5, (double)units / staleness.Count));
        return new HistogramModel("Staleness of gradients", new ChartAxis("staleness", "updates") { Whole = true }, new ChartAxis("share of units") { Percent = true }, [.. bars])
        {
            BarsName = BeyondOf(staleness),
            Curves = run.Description is { Mode: "asp", Lanes: > 1 and var lanes } ? [Geometric(lanes, staleness.UsualPlaces)] : [],
        };
    }

    /// <summary>What the bars do not show; null: they show all.</summary>
    private static string? BeyondOf(StalenessView staleness)
    {
        var beyond = 1 - (staleness.Units.Take(staleness.UsualPlaces).Sum() / (double)staleness.Count);
        return beyond > 0 ? $"measured; {NumberText.Percent(beyond)} is beyond, up to {NumberText.Count(staleness.Most)}"
            : staleness.Most >= staleness.Units.Count ? $"measured; the last bar is of all from {NumberText.Count(staleness.Units.Count - 1)} to {NumberText.Count(staleness.Most)}"
            : null;
    }

    /// <summary>Their latest units of work, over a stretch of time of which all units are known.</summary>
    public static GanttModel Work(RunView run)
    {
        var workers = run.Workers.Take(MostWorkers).ToArray();
        var end = workers.Max(worker => worker.Spans[^1].End);
        var length = workers.Min(worker => end - worker.Spans[Math.Max(0, worker.Spans.Count - MostUnits)].Begin);
        var unit = TimeUnit.For(length.TotalSeconds);
        var spans = workers.SelectMany((worker, row) => worker.Spans.Where(span => span.End > end - length).SelectMany(span => SpansOf(row, span, end, length, unit)));
        return new GanttModel("Who did what in the latest moments", new ChartAxis("time before the latest gradient", unit.Name), Kinds, [.. workers.Select(worker => worker.Name)], [.. spans]);
    }

    /// <summary>How workers spent their time so far.</summary>
    public static BarChartModel Waits(RunView run) => new(
        "How workers spend their time",
        new ChartAxis("share of time") { Percent = true },
        Kinds,
        [.. run.Workers.Take(MostWorkers).Select(RowOf)]);

    private static BarRow RowOf(WorkerView worker) => new(worker.Name, [worker.Share(worker.Compute), worker.Share(worker.Exchange), worker.Share(worker.Wait)])
    {
        Note = worker.HeldUp > TimeSpan.Zero ? NumberText.Seconds(worker.HeldUp.TotalSeconds) : "",
    };

    private static LineSeries Geometric(int lanes, int places)
    {
        var points = Enumerable.Range(0, places).Select(k => new ChartPoint(k, StalenessLaws.GeometricProbability(lanes, k)));
        return new LineSeries("theory: exponential service times", [.. points]) { Dashed = true };
    }

    private static IEnumerable<GanttSpan> SpansOf(int row, WorkSpan span, TimeSpan end, TimeSpan length, TimeUnit unit)
    {
        var (begin, start, stop) = (Before(span.Begin), Before(span.Start), Before(span.End));
        if (start > begin)
        {
            yield return span.WaitedFor < 0
                ? new GanttSpan(row, 1, begin, start)
                : new GanttSpan(row, 2, begin, start) { Label = WaitingCause.NameOf(span.WaitedFor) };
        }

        if (stop > start)
        {
            yield return new GanttSpan(row, 0, start, stop);
        }

        double Before(TimeSpan time) => Math.Max(-length.TotalSeconds, (time - end).TotalSeconds) * unit.PerSecond;
    }

    private static bool IsFar(IReadOnlyList<ThinPoint> curve) => curve.Count > 0 && curve[^1].Mean > 0 && curve[0].Mean / curve[^1].Mean > Far;

    private static ChartPoint[] PointsOf(IReadOnlyList<ThinPoint> curve) => [.. curve.Select(point => new ChartPoint(point.X, point.Mean))];

    private static BandPoint[] BandOf(IReadOnlyList<ThinPoint> curve) =>
        curve.Any(point => point.Most > point.Least) ? [.. curve.Select(point => new BandPoint(point.X, point.Least, point.Most))] : [];
}
