using DistNet.Hosting;

namespace DistNet.Reporting;

/// <summary>
/// Which while of a run a Gantt shows: one in which as many workers as can be had do something, and in which the busiest of them does not do so much that
/// nothing can be told apart.
/// </summary>
internal static class GanttWindow
{
    /// <summary>Who does fewer pieces of work is not taken for being there.</summary>
    private const int Present = 3;

    /// <summary>Beginning with that piece of work of one of the workers.</summary>
    /// <param name="workers">Spans of each worker, in order.</param>
    /// <param name="first">Number of a piece of work, from 0.</param>
    /// <param name="shown">Pieces of work that may be seen of a worker.</param>
    public static (double From, double To) From(IReadOnlyList<TimelineSpan[]> workers, int first, int shown) => workers
        .Select(Units)
        .Where(units => units.Length > 0)
        .Select(units => EndOf(workers, units[Math.Min(first, units.Length - 1)].From, shown))
        .OrderByDescending(window => PresentIn(workers, window))
        .ThenBy(window => window.From)
        .First();

    /// <summary>Ending with the last piece of work of one of the workers.</summary>
    /// <inheritdoc cref="From"/>
    public static (double From, double To) To(IReadOnlyList<TimelineSpan[]> workers, int shown) => workers
        .Select(Units)
        .Where(units => units.Length > 0)
        .Select(units => StartOf(workers, units[^1].To, shown))
        .OrderByDescending(window => PresentIn(workers, window))
        .ThenByDescending(window => window.To)
        .First();

    private static TimelineSpan[] Units(TimelineSpan[] worker) => [.. worker.Where(span => span.Kind == TimelineKind.Compute)];

    private static (double From, double To) EndOf(IReadOnlyList<TimelineSpan[]> workers, double from, int shown) =>
        (from, workers.Select(worker => Units(worker).Where(unit => unit.From >= from).Take(shown).ToArray()).Where(units => units.Length > 0).Min(units => units[^1].To));

    private static (double From, double To) StartOf(IReadOnlyList<TimelineSpan[]> workers, double to, int shown) =>
        (workers.Select(worker => Units(worker).Where(unit => unit.To <= to).TakeLast(shown).ToArray()).Where(units => units.Length > 0).Max(units => units[0].From), to);

    private static int PresentIn(IEnumerable<TimelineSpan[]> workers, (double From, double To) window) =>
        workers.Count(worker => Units(worker).Count(unit => unit.From >= window.From && unit.To <= window.To) >= Present);
}
