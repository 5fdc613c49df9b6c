using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>The few timers of a process's actors.</summary>
internal sealed class TimerSet
{
    private readonly List<(ActorCell Cell, TimerKind Timer, TimeSpan Due)> _timers = [];

    public void Set(ActorCell cell, TimerKind timer, TimeSpan due)
    {
        Clear(cell, timer);
        _timers.Add((cell, timer, due));
    }

    public void Clear(ActorCell cell, TimerKind timer) => _timers.RemoveAll(set => set.Cell == cell && set.Timer == timer);

    /// <summary>Takes out a timer that is due.</summary>
    public bool TryTakeDue(TimeSpan now, out ActorCell cell, out TimerKind timer)
    {
        for (var i = 0; i < _timers.Count; i++)
        {
            if (_timers[i].Due <= now)
            {
                (cell, timer, _) = _timers[i];
                _timers.RemoveAt(i);
                return true;
            }
        }

        (cell, timer) = (null!, default);
        return false;
    }

    /// <summary>How long nothing will be due; at most a second, so that a lost wake-up is never a hang.</summary>
    public TimeSpan UntilNext(TimeSpan now)
    {
        var next = TimeSpan.FromSeconds(1);
        foreach (var (_, _, due) in _timers)
        {
            next = due - now < next ? due - now : next;
        }

        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }
}
