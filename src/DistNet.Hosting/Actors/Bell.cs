namespace DistNet.Hosting;

/// <summary>Wakes a thread that waits; one rung while nobody waits is heard by who comes next.</summary>
internal sealed class Bell
{
    private readonly object _lock = new();
    private bool _hasRung;

    public void Ring()
    {
        lock (_lock)
        {
            _hasRung = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits until it rings, but no longer than the limit.</summary>
    public void Wait(TimeSpan limit)
    {
        lock (_lock)
        {
            if (!_hasRung)
            {
                Monitor.Wait(_lock, limit);
            }

            _hasRung = false;
        }
    }
}
