using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

public sealed class TimerTableTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TimerTable _timers = new(actors: 2);

    [Fact]
    public void A_timer_that_is_moved_on_waits_for_its_event_and_goes_off_when_it_is_due()
    {
        _timers.Set(1, TimerKind.Late, Second, out var first).ShouldBeTrue();
        _timers.Set(1, TimerKind.Late, 3 * Second, out _).ShouldBeFalse();

        _timers.IsDue(first, Second, out _, out var again, out var next).ShouldBeFalse();
        again.ShouldBe(3 * Second);
        _timers.IsDue(next, 3 * Second, out var kind, out again, out _).ShouldBeTrue();
        (kind, again).ShouldBe((TimerKind.Late, null));
    }

    [Fact]
    public void A_timer_that_is_moved_nearer_has_a_new_event_and_the_old_one_is_void()
    {
        _timers.Set(0, TimerKind.Stall, 3 * Second, out var far).ShouldBeTrue();
        _timers.Set(0, TimerKind.Stall, Second, out var near).ShouldBeTrue();

        _timers.IsDue(near, Second, out _, out _, out _).ShouldBeTrue();
        _timers.IsDue(far, 3 * Second, out _, out var again, out _).ShouldBeFalse();
        again.ShouldBeNull();
    }

    [Fact]
    public void A_timer_that_is_cleared_does_not_go_off()
    {
        _timers.Set(0, TimerKind.Stall, Second, out var number);
        _timers.Clear(0, TimerKind.Stall);

        _timers.IsDue(number, Second, out _, out var again, out _).ShouldBeFalse();
        again.ShouldBeNull();
    }
}
