using DistNet.Hosting;
using DistNet.Lab;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>How stale gradients were, with what theory says over it.</summary>
internal static class StalenessCharts
{
    private const int TheoryUpdates = 4_000;
    private const int TheoryGradients = 100_000;
    private const double ShownShare = 0.995;
    private const ulong Seed = 1;

    /// <param name="title">Of the chart.</param>
    /// <param name="staleness">As it was measured.</param>
    /// <param name="run">Whose it is.</param>
    public static HistogramModel Of(string title, StalenessReport staleness, RunMaterial run)
    {
        var total = (double)staleness.Histogram.Sum(range => range.Units);
        var last = LastShown(staleness, total, run);
        var shown = staleness.Histogram.Where(range => range.From <= last).ToArray();
        var bars = shown.Select(range => new HistogramBar(range.From - 0.5, range.To + 0.5, range.Units / total / (range.To - range.From + 1)));
        var beyond = 1 - (shown.Sum(range => range.Units) / total);
        return new HistogramModel(title, new("staleness", "updates") { Whole = true }, new("share of gradients") { Percent = true }, [.. bars])
        {
            BarsName = Invariant($"measured, mean {NumberText.Of(staleness.Mean)}{(beyond > 0 ? $"; {NumberText.Percent(beyond)} is beyond, up to {staleness.Max}" : "")}"),
            Curves = [.. Curves(run, shown[^1].To)],
        };
    }

    /// <summary>A few gradients that were very late, as at the start or after a death, do not make all others invisible.</summary>
    private static long LastShown(StalenessReport staleness, double total, RunMaterial run)
    {
        var theory = RuleModel.Find(run.Options.Mode, run.Options.LaneCount, out _)?.MeanStaleness ?? 0;
        var seen = 0.0;
        var last = staleness.Histogram.First(range => (seen += range.Units / total) >= ShownShare - 1e-12).To;
        return Math.Max(last, (long)Math.Ceiling(2 * theory));
    }

    private static IEnumerable<LineSeries> Curves(RunMaterial run, long last)
    {
        var lanes = run.Options.LaneCount;
        if (run.Options.Mode is "asp" or "async" or "kbatchasync:1")
        {
            yield return new LineSeries(
                Invariant($"theory: exponential service times, mean {lanes - 1}"),
                [.. Enumerable.Range(0, (int)Math.Min(last, 2000) + 1).Select(k => new ChartPoint(k, StalenessLaws.GeometricProbability(lanes, k)))]);
        }

        if (Played(run) is { } trace)
        {
            var total = (double)trace.StalenessCounts.Sum();
            var points = trace.StalenessCounts.Select((count, k) => new ChartPoint(k, count / total)).Where(point => point.X <= last);
            yield return new LineSeries(Invariant($"theory: the rule on this run's service times, mean {NumberText.Of(trace.MeanStaleness)}"), [.. points]) { Dashed = true };
        }
    }

    /// <summary>The rule as theory has it, on the times that were recorded of each worker; null where a worker hosts several lanes, or theory has no such rule.</summary>
    private static ReferenceTrace? Played(RunMaterial run)
    {
        if (RuleModel.Find(run.Options.Mode, run.Options.LaneCount, out _) is not { ComputesOnSharedWeights: true } model || !File.Exists(run.Folder.ServiceTimesPath))
        {
            return null;
        }

        try
        {
            var recorded = RecordedRun.Load(run.Folder);
            return recorded.Workers != run.Options.LaneCount ? null
                : model.Reference.Run(new ServiceTimes(recorded.Laws, Seed, group: recorded.Workers), Math.Clamp(TheoryGradients / model.GradientsPerUpdate, 100, TheoryUpdates), warmUp: 100);
        }
        catch (RunFolderException)
        {
            return null;
        }
    }
}
