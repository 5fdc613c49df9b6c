using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// The timers of one life of a node. A timer has at most one event that counts: moved to a later time it waits for its event and is put
/// off then, so that setting it again and again fills no queue.
/// </summary>
internal sealed class TimerTable(int actors)
{
    private static readonly int Kinds = Enum.GetValues<TimerKind>().Length;

    private readonly Timer[] _timers = new Timer[actors * Kinds];

    /// <summary>Sets a timer; true when an event is to be queued for that time, with the number given.</summary>
    public bool Set(int actor, TimerKind kind, TimeSpan due, out long number)
    {
        var index = (actor * Kinds) + (int)kind;
        ref var timer = ref _timers[index];
        timer.Due = due;
        timer.IsSet = true;
        if (timer.IsQueued && timer.QueuedFor <= due)
        {
            number = 0;
            return false;
        }

        number = Queue(index, due);
        return true;
    }

    public void Clear(int actor, TimerKind kind) => _timers[(actor * Kinds) + (int)kind].IsSet = false;

    /// <summary>An event has come: true when its timer goes off now.</summary>
    /// <param name="number">The event's number.</param>
    /// <param name="now">The time.</param>
    /// <param name="kind">Which timer it is of.</param>
    /// <param name="again">When not null, the timer was put off: queue it for then, with <paramref name="next"/>.</param>
    /// <param name="next">The number to queue it with.</param>
    public bool IsDue(long number, TimeSpan now, out TimerKind kind, out TimeSpan? again, out long next)
    {
        var index = (int)(number % _timers.Length);
        ref var timer = ref _timers[index];
        kind = (TimerKind)(index % Kinds);
        (again, next) = (null, 0);
        if (timer.Setting != number / _timers.Length)
        {
            return false;
        }

        timer.IsQueued = false;
        if (timer.IsSet && timer.Due > now)
        {
            again = timer.Due;
            next = Queue(index, timer.Due);
            return false;
        }

        var due = timer.IsSet;
        timer.IsSet = false;
        return due;
    }

    private long Queue(int index, TimeSpan due)
    {
        ref var timer = ref _timers[index];
        timer.IsQueued = true;
        timer.QueuedFor = due;
        timer.Setting++;
        return (timer.Setting * _timers.Length) + index;
    }

    private struct Timer
    {
        public TimeSpan Due;
        public TimeSpan QueuedFor;
        public long Setting;
        public bool IsSet;
        public bool IsQueued;
    }
}
