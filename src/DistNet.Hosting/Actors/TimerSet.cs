using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>The few timers of a process's actors; set by the thread that runs turns, taken by the one that waits.</summary>
internal sealed class TimerSet
{
    private readonly List<(ActorCell Cell, TimerKind Timer, TimeSpan Due)> _timers = [];

    public void Set(ActorCell cell, TimerKind timer, TimeSpan due)
    {
        lock (_timers)
        {
            Clear(cell, timer);
            _timers.Add((cell, timer, due));
        }
    }

    public void Clear(ActorCell cell, TimerKind timer)
    {
        lock (_timers)
        {
            _timers.RemoveAll(set => set.Cell == cell && set.Timer == timer);
        }
    }

    /// <summary>Takes out a timer that is due.</summary>
    public bool TryTakeDue(TimeSpan now, out ActorCell cell, out TimerKind timer)
    {
        lock (_timers)
        {
            var index = _timers.FindIndex(set => set.Due <= now);
            (cell, timer, _) = index < 0 ? default : _timers[index];
            _timers.RemoveRange(Math.Max(index, 0), index < 0 ? 0 : 1);
            return index >= 0;
        }
    }

    /// <summary>How long nothing will be due; null: no timer is set.</summary>
    public TimeSpan? UntilNext(TimeSpan now)
    {
        TimeSpan? next = null;
        lock (_timers)
        {
            foreach (var (_, _, due) in _timers)
            {
                next = next <= due - now ? next : due - now;
            }
        }

        return next < TimeSpan.Zero ? TimeSpan.Zero : next;
    }
}
