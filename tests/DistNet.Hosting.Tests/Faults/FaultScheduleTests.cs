using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class FaultScheduleTests
{
    private static readonly NodeSet Worker = NodeSet.Of(ActorId.Worker(0));

    private static readonly FaultPlan Plan = new(1,
    [
        new PauseFault(FaultStart.Time(Seconds(2)), Seconds(3), Worker),
        new PauseFault(FaultStart.Version(10), Seconds(1), Worker),
        new SlowFault(FaultStart.Time(Seconds(4)), null, Worker, 2),
    ]);

    [Fact]
    public void Faults_begin_and_end_at_their_time()
    {
        var schedule = new FaultSchedule(Plan);

        schedule.Advance(Seconds(1.9), 0).ShouldBeEmpty();
        schedule.Advance(Seconds(2.5), 0).ShouldBe([0]);
        schedule.Advance(Seconds(2.6), 0).ShouldBeEmpty();
        schedule.IsActive(0, Seconds(4.9)).ShouldBeTrue();
        schedule.IsActive(0, Seconds(5)).ShouldBeFalse("it began when it should have, not when it was looked at");
        schedule.Advance(Seconds(9), 0).ShouldBe([2]);
        schedule.IsActive(2, Seconds(900)).ShouldBeTrue();
    }

    [Fact]
    public void A_step_counts_once_even_if_the_run_goes_back()
    {
        var schedule = new FaultSchedule(Plan);

        schedule.Advance(Seconds(1), 12).ShouldBe([1]);
        schedule.IsActive(1, Seconds(1.5)).ShouldBeTrue();
        schedule.Advance(Seconds(1.6), 4).ShouldBeEmpty();
        schedule.Advance(Seconds(1.7), 10).ShouldBeEmpty();
        schedule.IsActive(1, Seconds(2)).ShouldBeFalse();
    }

    [Fact]
    public void What_had_begun_before_does_not_begin_again()
    {
        var schedule = new FaultSchedule(Plan, new Dictionary<int, TimeSpan> { [0] = Seconds(2) });

        schedule.Advance(Seconds(3), 0).ShouldBeEmpty();
        schedule.IsActive(0, Seconds(3)).ShouldBeTrue();
        schedule.Begun.ShouldBe(new Dictionary<int, TimeSpan> { [0] = Seconds(2) });
    }

    [Fact]
    public void It_knows_when_to_look_again()
    {
        var schedule = new FaultSchedule(Plan);

        schedule.NextAfter(TimeSpan.Zero).ShouldBe(Seconds(2));
        schedule.Advance(Seconds(2), 0);
        schedule.NextAfter(Seconds(2)).ShouldBe(Seconds(4));
        schedule.Advance(Seconds(4), 0);
        schedule.NextAfter(Seconds(4)).ShouldBe(Seconds(5));
        schedule.NextAfter(Seconds(5)).ShouldBeNull();
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
