using System.Diagnostics;

namespace DistNet.Hosting;

/// <summary>
/// Waiting for a condition that other threads make true. First a short spin, because the next task of a training step is microseconds
/// away; then the processor is offered to others, while the thread stays runnable, so that the system moves it to a free processor
/// (woken threads often begin on the one that woke them); then sleep.
/// </summary>
internal sealed class SpinGate(Func<bool> isOpen)
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 1_000_000 * 50;
    private static readonly long YieldTicks = Stopwatch.Frequency / 1_000;
    private readonly object _lock = new();
    private int _sleepers;

    public void Wait()
    {
        if (Spin())
        {
            return;
        }

        lock (_lock)
        {
            // Counted before the condition is looked at: whoever makes it true either sees the sleeper, or is seen here.
            Interlocked.Increment(ref _sleepers);
            while (!isOpen())
            {
                Monitor.Wait(_lock);
            }

            Interlocked.Decrement(ref _sleepers);
        }
    }

    /// <summary>Call when the condition has become true.</summary>
    public void Open()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleepers) > 0)
        {
            lock (_lock)
            {
                Monitor.PulseAll(_lock);
            }
        }
    }

    private bool Spin()
    {
        var start = Stopwatch.GetTimestamp();
        while (!isOpen())
        {
            var waited = Stopwatch.GetTimestamp() - start;
            if (waited > YieldTicks)
            {
                return false;
            }

            if (waited > SpinTicks)
            {
                Thread.Yield();
            }
            else
            {
                Thread.SpinWait(8);
            }
        }

        return true;
    }
}
