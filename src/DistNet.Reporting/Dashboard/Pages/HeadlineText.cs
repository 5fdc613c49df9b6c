using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>The words of the page's top.</summary>
internal sealed class HeadlineText(DashboardView view)
{
    private readonly RunView? _run = view.Run;

    /// <summary>In a word or two.</summary>
    public string State => _run switch
    {
        null when view.Cluster is not null => "no run yet",
        null => "beginning",
        { End: { Result.Stopped: true } } => "stopped",
        { End: { Result: null } } => "failed",
        { End: not null } => "done",
        { Description: null } => "reading data",
        _ when view.WaitsFor is not null => "waiting",
        _ => "running",
    };

    /// <summary>The class of the state.</summary>
    public string Tone => State switch
    {
        "running" or "reading data" or "beginning" => "going",
        "done" => "done",
        "failed" => "failed",
        "waiting" => "waits",
        _ => "",
    };

    public string Subject => _run?.Description is { } run ? $"{run.Data}, {run.Network}" : view.Title;

    public string Details => _run?.Description is { } run
        ? $"{run.Mode}; {Count(run.Lanes, "lane")} on {Count(run.Workers, "worker")} and {Count(run.Servers, "server")}; {Count(run.Parameters, "parameter")}; {run.Run}"
        : view.Cluster is { } cluster ? $"cluster at {cluster.Coordinator}" : "";

    /// <summary>For tabs: the most important first.</summary>
    public string PageTitle => _run is null ? $"{State} – DistNet" : Invariant($"{100 * _run.Done:0} % {State} – {Subject}");

    /// <summary>Why there is no result.</summary>
    public string? Problem => _run?.End is { Result: null } end ? end.How : null;

    /// <summary>Names and values.</summary>
    public IEnumerable<(string Name, string Value)> Tiles
    {
        get
        {
            var run = _run!;
            var loss = run.End?.Result?.TrainLoss ?? (run.Loss.Count > 0 ? run.Loss[^1].Mean : run.Epoch?.TrainLoss);
            yield return ("train loss", loss is { } value ? NumberText.Loss(value) : "–");
            if (run.Epoch is { } epoch)
            {
                yield return ($"of {Count(epoch.Epochs, "epoch")}", NumberText.Count(epoch.Epoch));
            }

            if (run.Accuracy is [.., var accuracy])
            {
                yield return ("test accuracy", Invariant($"{100 * accuracy.Mean:0.00} %"));
            }

            yield return ($"of {Count(run.Step.TotalVersions, "update")}", NumberText.Count(run.Step.Version));
            yield return ("samples a second", run.Rate is [.., var rate] ? NumberText.Of(rate.Mean) : "–");
            yield return (view.IsVirtual ? "virtual time" : "time", NumberText.Seconds(run.Elapsed.TotalSeconds));
            if (Left(run) is { } left)
            {
                yield return (view.IsVirtual ? "virtual time left" : "left", NumberText.Seconds(left.TotalSeconds));
            }
        }
    }

    private static string Count(long count, string of) => $"{NumberText.Count(count)} {of}{(count == 1 ? "" : "s")}";

    /// <summary>At the pace of this start so far; null: over, or not known.</summary>
    private static TimeSpan? Left(RunView run)
    {
        var rate = run.Rate.Count == 0 ? 0 : run.Rate[^1].Mean;
        return run.End is null && rate > 0 ? TimeSpan.FromSeconds(run.Ledger.Pending / rate) : null;
    }
}
