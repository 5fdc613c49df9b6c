using Akka.Actor;

namespace DistNet.Cluster.Akka;

/// <summary>The clock of an actor system's scheduler, so that an actor's time and its timers go together, also where a test turns them.</summary>
/// <param name="scheduler">Whose high-resolution clock is read; the other one has milliseconds, which is too coarse for the times of steps.</param>
internal sealed class SchedulerTime(IScheduler scheduler) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => scheduler.HighResMonotonicClock.Ticks;

    public override DateTimeOffset GetUtcNow() => scheduler.Now.ToUniversalTime();

    /// <exception cref="NotSupportedException">Always: a timer would go by another clock. Timers of actors are set by their effects.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Timers are the scheduler's.");
}
