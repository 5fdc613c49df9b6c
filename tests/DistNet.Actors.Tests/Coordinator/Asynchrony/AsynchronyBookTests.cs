using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class AsynchronyBookTests
{
    private static readonly Placement Placed = new(1, 0, [new WorkerLife(5, 1), new WorkerLife(7, 1)]);

    private readonly AsynchronyBook _book = Book(new AsynchronousRule());

    [Fact]
    public void Staleness_after_a_rewind_is_that_of_the_cut_and_what_follows()
    {
        Advance(version: 1, sum: 0, units: 1, 0);
        Advance(version: 2, sum: 9, units: 2, 9);
        _book.Restore(CompleteCut.Start with { Version = 1, Units = 3, StalenessSum = 4, Staleness = [1, 0, 2] }, default);
        Advance(version: 2, sum: 5, units: 4, 1);
        var staleness = _book.Summary.Staleness;
        staleness.Histogram.ShouldBe([1, 1, 2]);
        staleness.Mean.ShouldBe(1.25);
        staleness.Max.ShouldBe(2);
        _book.Summary.ImplicitMomentum.ShouldBe(1.25 / 2.25);
    }

    [Fact]
    public void Units_of_an_update_that_names_none_are_fresh()
    {
        Advance(version: 1, sum: 0, units: 4, null);
        Advance(version: 2, sum: 0, units: 6, null);
        var staleness = _book.Summary.Staleness;
        (staleness.Mean, staleness.Max).ShouldBe((0, 0));
        staleness.Histogram.ShouldBe([6]);
        _book.Summary.ImplicitMomentum.ShouldBe(0);
    }

    [Fact]
    public void The_distance_of_an_update_is_told_when_every_partition_has_said_its_part()
    {
        _book.Summary.Drift.ShouldBeNull();
        _book.OnDrift(new Drift(1, 0, 33, 9)).ShouldBeNull();
        _book.OnDrift(new Drift(1, 0, 33, 9)).ShouldBeNull();
        _book.OnDrift(new Drift(1, 1, 65, 64)).ShouldBeNull();
        _book.OnDrift(new Drift(1, 1, 33, 16)).ShouldBe(new DriftMeasured(33, 5));
        _book.OnDrift(new Drift(1, 0, 65, 0)).ShouldBe(new DriftMeasured(65, 8));
        _book.Summary.Drift.ShouldBe(new DriftSummary(6.5, 8, 2));
        _book.Restore(CompleteCut.Start, default);
        _book.Summary.Drift.ShouldBeNull();
    }

    [Fact]
    public void By_barriers_all_wait_for_the_one_that_reported_the_step_before_last()
    {
        var book = Book(new BulkSynchronousRule());
        book.Report(5, step: 0).WaitedFor.ShouldBe(-1);
        book.Report(7, step: 0).WaitedFor.ShouldBe(-1);
        book.Report(5, step: 1).WaitedFor.ShouldBe(7);
        book.Report(7, step: 1).WaitedFor.ShouldBe(-1, "it was the last itself: it waited for the update");
        book.OnReport(5, Unit(step: 1), isFirst: false);
        book.Report(5, step: 2).WaitedFor.ShouldBe(7, "a helper is not who was waited for");
    }

    [Fact]
    public void Who_begins_after_a_look_at_the_run_has_waited_for_no_worker()
    {
        var book = Book(new BulkSynchronousRule());
        book.Report(5, step: 0);
        book.Report(7, step: 0);
        book.OnMilestone(version: 1);
        book.Report(5, step: 1).WaitedFor.ShouldBe(-1);
    }

    [Fact]
    public void Under_a_sequenced_rule_it_is_the_host_of_the_lane_that_the_version_waited_for()
    {
        Advance(version: 3, sum: 0, units: 1, staleness: 0, lastLane: 1);
        _book.OnReport(5, Unit(step: 9, version: 3), isFirst: true).WaitedFor.ShouldBe(7);
        _book.OnReport(7, Unit(step: 9, version: 3), isFirst: true).WaitedFor.ShouldBe(-1);
        _book.OnReport(5, Unit(step: 9, version: 2), isFirst: true).WaitedFor.ShouldBe(-1);
        Advance(version: 3 + WaitCauses.Capacity, sum: 0, units: 2, staleness: 0, lastLane: 1);
        _book.OnReport(5, Unit(step: 9, version: 3), isFirst: true).WaitedFor.ShouldBe(-1, "that is too long ago to be remembered");
    }

    [Fact]
    public void A_worker_has_a_bounded_number_of_causes_and_no_wait_is_lost()
    {
        var book = new WaitingBook();
        for (var other = 1; other <= 100; other++)
        {
            book.Add(new UnitObserved(0, other, 8, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(other), other));
        }

        var waiting = book.Summary.ShouldHaveSingleItem();
        waiting.ShouldBe(waiting with { Worker = 0, Units = 100, Compute = TimeSpan.FromSeconds(100), Wait = TimeSpan.FromSeconds(5050) });
        waiting.Causes.Sum(cause => cause.Time.TotalSeconds).ShouldBe(5050);
        waiting.Causes.Count.ShouldBe(WaitingBook.MostCauses + 1);
        waiting.Causes[1].ShouldBe(new WaitCause(100, TimeSpan.FromSeconds(100)));
    }

    private static AsynchronyBook Book(UpdateRule rule)
    {
        var book = new AsynchronyBook(Plans.Small() with { Rules = new RuleSchedule(rule) });
        book.Restore(CompleteCut.Start, default);
        return book;
    }

    private static Report Unit(long step, long? version = null) =>
        new(1, step, version ?? step, 3, -1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    private void Advance(long version, double sum, long units, long? staleness, int lastLane = -1) => _book.OnAdvanced(
        Plans.Progress(1, version, 6 * version, version) with
        {
            StalenessSum = sum,
            Units = units,
            Staleness = staleness is { } one ? [one] : null,
            LastLane = lastLane,
        },
        Placed);
}

internal static class AsynchronyBookExtensions
{
    /// <summary>The worker's only report of a step, by barriers.</summary>
    public static UnitObserved Report(this AsynchronyBook book, int worker, long step) =>
        book.OnReport(worker, new Report(1, step, step, 3, -1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), isFirst: true);
}
