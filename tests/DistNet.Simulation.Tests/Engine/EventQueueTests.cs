using DistNet.Numerics;

namespace DistNet.Simulation.Tests;

public sealed class EventQueueTests
{
    /// <summary>Times are few, so that many are equal; some events are added for the moment that it is.</summary>
    [Fact]
    public void Events_come_by_time_and_those_of_one_moment_in_the_order_of_adding()
    {
        var luck = new LuckStream(Luck.Key(3, LuckPurpose.Faults));
        var queue = new EventQueue();
        var taken = new List<(TimeSpan At, long Number)>();
        for (var number = 0L; number < 20_000; number++)
        {
            Add(queue, queue.Now + TimeSpan.FromTicks(luck.Below(20)), number);
            if (luck.Chance(0.8))
            {
                taken.Add(Take(queue));
            }
        }

        while (queue.TryTake(out var left))
        {
            taken.Add((queue.Now, left.Number));
        }

        taken.Count.ShouldBe(20_000);
        taken.ShouldBe(taken.Order());
    }

    [Fact]
    public void Nothing_but_timers_is_left()
    {
        var queue = new EventQueue();
        queue.Add(TimeSpan.FromSeconds(2), new SimulationEvent(SimulationEventKind.Timer, 0, null, null));
        queue.HasTimersOnly.ShouldBeTrue();
        Add(queue, TimeSpan.FromSeconds(1), 0);
        queue.HasTimersOnly.ShouldBeFalse();
        Take(queue);
        queue.HasTimersOnly.ShouldBeTrue();
    }

    private static void Add(EventQueue queue, TimeSpan at, long number) =>
        queue.Add(at, new SimulationEvent(SimulationEventKind.Call, 0, null, null, number));

    private static (TimeSpan At, long Number) Take(EventQueue queue)
    {
        queue.TryTake(out var happening).ShouldBeTrue();
        return (queue.Now, happening.Number);
    }
}
