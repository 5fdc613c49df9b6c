using DistNet.Hosting;

namespace DistNet.Reporting;

/// <summary>Loss and accuracy against updates, samples and time.</summary>
internal static class RunLearningSection
{
    public static ReportSection? Of(RunMaterial run)
    {
        var blocks = BlocksOf(run).ToArray();
        return blocks.Length == 0 ? null : new ReportSection("Learning", blocks);
    }

    private static IEnumerable<object> BlocksOf(RunMaterial run)
    {
        if (run.Epochs.Count == 0)
        {
            yield break;
        }

        foreach (var (axis, against, x) in Axes(run))
        {
            yield return new LineChartModel($"Loss against {against}", axis, Curves.Loss, [
                new("train", [.. run.Epochs.Select(epoch => new ChartPoint(x(epoch), epoch.TrainLoss))]),
                .. Test("test", run.Epochs, x, epoch => epoch.TestLoss),
            ]);
            if (run.Epochs.Any(epoch => epoch.TestAccuracy is not null))
            {
                yield return new LineChartModel($"Test accuracy against {against}", axis, Curves.Accuracy, [.. Test("accuracy", run.Epochs, x, epoch => epoch.TestAccuracy).Select(line => line with { Colour = 2 })]);
            }
        }

        if (run.Steps.Count > 0)
        {
            yield return new LineChartModel("Loss of each update's samples", Curves.Updates, Curves.Loss, [
                new("train", [.. run.Steps.Select(step => new ChartPoint(step.Version, step.Loss))]),
            ]);
        }
    }

    private static IEnumerable<(ChartAxis Axis, string Against, Func<EpochReport, double> X)> Axes(RunMaterial run)
    {
        yield return (Curves.Updates, "updates", epoch => epoch.Version);
        if (run.Epochs[^1].Samples > 0)
        {
            yield return (Curves.Samples, "samples", epoch => epoch.Samples);
        }

        if (run.Epochs[^1].Seconds > 0)
        {
            yield return (Curves.Time(run.Result?.Virtual ?? false), "time", epoch => epoch.Seconds);
        }
    }

    private static IEnumerable<LineSeries> Test(string name, IReadOnlyList<EpochReport> epochs, Func<EpochReport, double> x, Func<EpochReport, double?> y)
    {
        var points = epochs.Where(epoch => y(epoch) is not null).Select(epoch => new ChartPoint(x(epoch), y(epoch)!.Value)).ToArray();
        return points.Length == 0 ? [] : [new LineSeries(name, points)];
    }
}
