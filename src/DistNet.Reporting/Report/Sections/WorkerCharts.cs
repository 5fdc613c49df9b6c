using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>What workers did: when, how long, and for whom they waited.</summary>
internal static class WorkerCharts
{
    private const int MostRows = 16;
    private const int UnitsShown = 20;
    private const int FirstUnit = 50;
    private const int MostCauses = 5;

    private static readonly ChartPart[] Kinds = [new("compute", 0), new("push, update, pull", 2), new("wait, for whom", 1), new("evaluation or cut", ChartStyles.Muted)];

    /// <summary>What the kinds mean.</summary>
    public static ReportText Legend { get; } = new(
        "Pieces of a gradient leave while others are computed. Push, update, pull: the last pieces, the update and the new weights are on their way, and no other "
        + "worker is waited for. Blank: other work, such as an evaluation.");

    /// <summary>A while after programs are compiled, and the end.</summary>
    public static IEnumerable<GanttModel> Gantts(RunMaterial run)
    {
        var workers = run.Timeline.GroupBy(span => span.Worker).OrderBy(worker => worker.Key).Select(worker => worker.ToArray())
            .Where(worker => UnitsOf(worker) > 0).Take(MostRows).ToArray();
        if (workers.Length == 0)
        {
            yield break;
        }

        var units = workers.Max(UnitsOf);
        var first = Math.Min(FirstUnit, units / 3);
        yield return Gantt(Invariant($"Workers from their gradient {first + 1} on"), workers, run, GanttWindow.From(workers, first, UnitsShown));
        if (units > first + (2 * UnitsShown))
        {
            yield return Gantt("Workers at the end", workers, run, GanttWindow.To(workers, UnitsShown));
        }
    }

    /// <summary>The first of them alone, for a row of runs.</summary>
    public static GanttModel? GanttOf(RunMaterial run, string title) => Gantts(run).Select(gantt => gantt with { Title = title }).FirstOrDefault();

    /// <summary>Mean time of a gradient: computing it, and what came before.</summary>
    public static BarChartModel? Breakdown(string title, IReadOnlyList<WaitingReport> waiting)
    {
        var shown = waiting.Where(worker => worker.Units > 0).Take(MostRows).ToArray();
        if (shown.Length == 0)
        {
            return null;
        }

        var causes = shown.SelectMany(worker => worker.Causes).Where(cause => cause.For != WaitingCause.Other)
            .GroupBy(cause => cause.For).OrderByDescending(cause => cause.Sum(one => one.Seconds)).Take(MostCauses).Select(cause => cause.Key).Order(StringComparer.Ordinal).ToArray();
        var unit = TimeUnit.For(shown.Max(worker => (worker.ComputeSeconds + worker.WaitSeconds) / worker.Units));
        ChartPart[] parts = [new("compute", 0), .. causes.Select((cause, i) => new ChartPart($"wait for {cause}", i + 1)), new("push, update, pull, and the rest", ChartStyles.Muted)];
        return new BarChartModel(title, new("mean time of a gradient", unit.Name), parts, [.. shown.Select(worker => RowOf(worker, causes, unit))]);
    }

    private static BarRow RowOf(WaitingReport worker, string[] causes, TimeUnit unit)
    {
        var scale = unit.PerSecond / worker.Units;
        var waits = causes.Select(cause => worker.Causes.Where(one => one.For == cause).Sum(one => one.Seconds)).ToArray();
        var rest = Math.Max(0, worker.WaitSeconds - waits.Sum());
        return new BarRow(worker.Worker, [worker.ComputeSeconds * scale, .. waits.Select(wait => wait * scale), rest * scale])
        {
            Note = Invariant($"{NumberText.Of(worker.Units)} gradients"),
        };
    }

    private static GanttModel Gantt(string title, TimelineSpan[][] workers, RunMaterial run, (double From, double To) window)
    {
        var unit = TimeUnit.For(window.To - window.From);
        var rows = workers.Select(worker => WaitingCause.NameOf(worker[0].Worker)).ToArray();
        var spans = workers.SelectMany((worker, row) => worker.Where(span => span.To > window.From && span.From < window.To).Select(span => SpanOf(span, row)));
        var axis = new ChartAxis(Invariant($"{(run.Result?.Virtual ?? false ? "virtual time" : "time")} from {NumberText.Seconds(window.From)} after the start"), unit.Name);
        return new GanttModel(title, axis, Kinds, rows, [.. spans]);

        GanttSpan SpanOf(TimelineSpan span, int row) => new(
            row, KindOf(span), (Math.Max(span.From, window.From) - window.From) * unit.PerSecond, (Math.Min(span.To, window.To) - window.From) * unit.PerSecond)
        {
            Label = span is { Kind: TimelineKind.Wait, For: not TimelineSpan.Milestone } ? span.For : null,
        };
    }

    private static int KindOf(TimelineSpan span) => span switch
    {
        { Kind: TimelineKind.Compute } => 0,
        { Kind: TimelineKind.Push } => 1,
        { For: TimelineSpan.Milestone } => 3,
        _ => 2,
    };

    private static int UnitsOf(TimelineSpan[] worker) => worker.Count(span => span.Kind == TimelineKind.Compute);

}
