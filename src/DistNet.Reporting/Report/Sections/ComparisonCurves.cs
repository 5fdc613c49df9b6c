using DistNet.Lab;
using Moments = MathNet.Numerics.Statistics.Statistics;

namespace DistNet.Reporting;

/// <summary>Loss and accuracy of rules against updates, samples and time: the median over seeds, and a band from the least to the greatest.</summary>
internal static class ComparisonCurves
{
    public static ReportSection? Of(Comparison comparison, bool isVirtual)
    {
        (ChartAxis Axis, string Against, Func<CurvePoint, double> X)[] axes =
        [
            (Curves.Updates, "updates", point => point.Version), (Curves.Samples, "samples", point => point.Samples), (Curves.Time(isVirtual), "time", point => point.Seconds),
        ];
        object[] blocks =
        [
            .. axes.SelectMany(axis => new[]
            {
                Chart($"Train loss against {axis.Against}", axis.Axis, Curves.Loss, comparison, axis.X, point => point.TrainLoss),
                Chart($"Test loss against {axis.Against}", axis.Axis, Curves.Loss, comparison, axis.X, point => point.TestLoss),
            }).OfType<LineChartModel>(),
            .. axes.Select(axis => Chart($"Test accuracy against {axis.Against}", axis.Axis, Curves.Accuracy, comparison, axis.X, point => point.TestAccuracy)).OfType<LineChartModel>(),
        ];
        var text = comparison.Rules.Max(rule => rule.Runs) > 1 ? "Lines are medians over the seeds at the end of each epoch, bands go from the least to the greatest." : "At the end of each epoch.";
        return blocks.Length == 0 ? null : new ReportSection("Learning", [new ReportText(text), .. blocks]);
    }

    private static LineChartModel? Chart(string title, ChartAxis x, ChartAxis y, Comparison comparison, Func<CurvePoint, double> placeOf, Func<CurvePoint, double?> valueOf)
    {
        var series = comparison.Rules.Select((rule, i) => SeriesOf(rule.Rule, i, [.. comparison.Runs.Where(run => run.Rule == rule.Rule)], placeOf, valueOf)).ToArray();
        return series.All(line => line.Points.Count == 0) ? null : new LineChartModel(title, x, y, series);
    }

    private static LineSeries SeriesOf(string rule, int colour, ComparedRun[] runs, Func<CurvePoint, double> placeOf, Func<CurvePoint, double?> valueOf)
    {
        var epochs = runs.SelectMany(run => run.Curve)
            .Where(point => valueOf(point) is { } value && double.IsFinite(value))
            .GroupBy(point => point.Epoch)
            .OrderBy(epoch => epoch.Key)
            .Select(epoch => (X: Moments.Median(epoch.Select(placeOf)), Values: epoch.Select(point => valueOf(point)!.Value).ToArray()))
            .ToArray();
        return new LineSeries(rule, [.. epochs.Select(epoch => new ChartPoint(epoch.X, Moments.Median(epoch.Values)))])
        {
            Colour = colour,
            Band = runs.Length < 2 ? [] : [.. epochs.Select(epoch => new BandPoint(epoch.X, epoch.Values.Min(), epoch.Values.Max()))],
        };
    }
}
