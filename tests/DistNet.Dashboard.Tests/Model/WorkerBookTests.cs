using DistNet.Protocol;
using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

public sealed class WorkerBookTests
{
    private readonly WorkerBook _book = new();

    [Fact]
    public void It_adds_up_work_waits_and_whom_others_waited_for()
    {
        Add(1.0, 0, step: 1, compute: 0.8, wait: 0.2, waitedFor: 1);
        Add(2.0, 0, step: 2, compute: 0.5, wait: 0.5, waitedFor: 1);
        Add(2.0, 1, step: 2, compute: 2, wait: 0);

        var (first, second) = (_book.View()[0], _book.View()[1]);
        (first.Name, first.Units, first.Step).ShouldBe(("worker-0", 2, 2));
        (first.Compute, first.Wait, first.Exchange).ShouldBe((Seconds(1.3), Seconds(0.5), default));
        first.Rate.ShouldBe(10, 1e-9);
        second.HeldUp.TotalSeconds.ShouldBe(0.7, 1e-9);
        first.Spans[1].ShouldBe(new WorkSpan(Seconds(1), Seconds(1.5), Seconds(2), 1, 10));
    }

    /// <summary>Units come late and in bursts; nothing can have ended after it was told, and no two at once.</summary>
    [Fact]
    public void Units_that_are_told_together_were_done_one_after_the_other()
    {
        Add(1.00, 0, 1, compute: 0.01, wait: 0);
        Add(1.05, 0, 2, compute: 0.01, wait: 0);
        Add(1.05, 0, 3, compute: 0.01, wait: 0.02);
        Add(1.05, 0, 4, compute: 0.01, wait: 0.02);

        var spans = _book.View()[0].Spans;
        spans.Select(span => Math.Round(span.End.TotalSeconds, 6)).ShouldBe([0.98, 0.99, 1.02, 1.05]);
        spans.Zip(spans.Skip(1)).ShouldAllBe(pair => pair.Second.Begin == pair.First.End);
    }

    [Fact]
    public void A_worker_that_was_away_goes_on_when_it_is_back()
    {
        Add(1, 0, 1, compute: 0.5, wait: 0);
        Add(10, 0, 2, compute: 0.5, wait: 0.1);

        _book.View()[0].Spans[1].ShouldBe(new WorkSpan(Seconds(9.4), Seconds(9.5), Seconds(10), -1, 10));
    }

    [Fact]
    public void Of_a_long_run_it_keeps_the_latest_units_in_order()
    {
        for (var i = 1; i <= 1000; i++)
        {
            Add(i, 0, i, compute: 0.5, wait: i == 1 ? 0 : 0.5);
        }

        var spans = _book.View().ShouldHaveSingleItem().Spans;
        spans.Count.ShouldBe(32);
        spans.Select(span => span.End.TotalSeconds).ShouldBe(Enumerable.Range(969, 32).Select(i => (double)i));
    }

    [Fact]
    public void A_worker_with_an_absurd_number_costs_nothing()
    {
        Add(1, int.MaxValue, 1, 1, 0);
        Add(1, 0, 1, 1, 0.1, waitedFor: int.MaxValue);

        _book.View().ShouldHaveSingleItem().Name.ShouldBe("worker-0");
    }

    private void Add(double time, int worker, long step, double compute, double wait, int waitedFor = -1) =>
        _book.Add(Seconds(time), new UnitObserved(worker, step, 10, Seconds(compute), Seconds(wait), waitedFor));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
