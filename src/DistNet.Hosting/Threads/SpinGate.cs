using System.Diagnostics;

namespace DistNet.Hosting;

/// <summary>
/// Waiting for a condition that other threads make true: a short spin, because the next task of a training step is microseconds
/// away, then sleep, so that a waiting thread takes no processor from one that computes.
/// </summary>
internal sealed class SpinGate(Func<bool> isOpen)
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 1_000_000 * 50;
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
            if (Stopwatch.GetTimestamp() - start > SpinTicks)
            {
                return false;
            }

            Thread.SpinWait(8);
        }

        return true;
    }
}
