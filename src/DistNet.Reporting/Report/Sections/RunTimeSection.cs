using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>Staleness, throughput, where the time of a step went, and who waited for whom.</summary>
internal static class RunTimeSection
{
    private const int MostWorkers = 6;

    public static ReportSection? Of(RunMaterial run)
    {
        object?[] blocks =
        [
            run.Staleness is { } staleness ? StalenessCharts.Of("Staleness of gradients", staleness, run) : null,
            Throughput(run),
            WorkerCharts.Breakdown("Where the time of a gradient went", run.Waiting),
            .. WorkerCharts.Gantts(run) is var gantts && gantts.Any() ? [.. gantts, WorkerCharts.Legend] : Array.Empty<object>(),
        ];
        var given = blocks.OfType<object>().ToArray();
        return given.Length == 0 ? null : new ReportSection("Workers and time", Summary(run) is { } summary ? [summary, .. given] : given);
    }

    /// <summary>Null: the run left no result that says anything of it.</summary>
    private static ReportText? Summary(RunMaterial run)
    {
        var pace = run.Result is { SamplesPerSecond: > 0, Steps: > 0 } result
            ? Invariant($"An update took {NumberText.Seconds(result.Samples / (double)result.Steps / result.SamplesPerSecond)} on average, of {NumberText.Of(result.Samples / (double)result.Steps)} samples. ")
            : "";
        var staleness = run.Staleness is { } stale
            ? Invariant($"Gradients were {NumberText.Of(stale.Mean)} updates old on average when they were applied, {stale.Max} at most.")
            : run.Result is { StalenessMean: 0, Steps: > 0 } ? "No gradient was stale: each was applied to the weights it was computed on."
            : "";
        return pace.Length + staleness.Length == 0 ? null : new ReportText((pace + staleness).TrimEnd());
    }

    private static LineChartModel? Throughput(RunMaterial run)
    {
        if (run.Epochs.Count < 2)
        {
            return null;
        }

        var byTime = run.Epochs[^1].Seconds > 0;
        double X(EpochReport epoch) => byTime ? epoch.Seconds : epoch.Version;
        var names = run.Epochs.SelectMany(epoch => epoch.Workers ?? []).Select(worker => worker.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        return new LineChartModel(
            "Throughput",
            byTime ? Curves.Time(run.Result?.Virtual ?? false) : Curves.Updates,
            new("samples a second") { FromZero = true },
            [
                new("all", Points(epoch => epoch.SamplesPerSecond)),
                .. names.Length is > 1 and <= MostWorkers ? names.Select(name => new LineSeries(name, Points(epoch => Of(epoch, name))) { Dashed = true }) : [],
            ]);

        ChartPoint[] Points(Func<EpochReport, double> y) => [.. run.Epochs.Select(epoch => new ChartPoint(X(epoch), y(epoch)))];

        static double Of(EpochReport epoch, string name) => epoch.Workers?.FirstOrDefault(worker => worker.Name == name)?.SamplesPerSecond ?? double.NaN;
    }
}
