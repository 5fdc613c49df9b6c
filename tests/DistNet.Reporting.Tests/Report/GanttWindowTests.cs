using DistNet.Hosting;

namespace DistNet.Reporting.Tests;

public sealed class GanttWindowTests
{
    [Fact]
    public void A_window_begins_at_that_piece_of_work_and_shows_so_many_of_the_busiest() =>
        GanttWindow.From([Worker(0, from: 0, each: 1, count: 100), Worker(1, from: 0, each: 2, count: 50)], first: 10, shown: 5).ShouldBe((10, 15));

    /// <summary>Workers on fewer threads may come one after the other.</summary>
    [Fact]
    public void A_worker_that_is_late_is_waited_for()
    {
        var (from, to) = GanttWindow.From([Worker(0, from: 0, each: 1, count: 200), Worker(1, from: 100, each: 1, count: 100)], first: 10, shown: 5);
        (from, to).ShouldBe((110, 115));
    }

    [Fact]
    public void The_end_is_where_all_were_still_there() =>
        GanttWindow.To([Worker(0, from: 0, each: 1, count: 100), Worker(1, from: 0, each: 1, count: 60)], shown: 5).ShouldBe((55, 60));

    private static TimelineSpan[] Worker(int worker, double from, double each, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TimelineSpan(worker, i, TimelineKind.Compute, "", from + (i * each), from + ((i + 1) * each)))];
}
