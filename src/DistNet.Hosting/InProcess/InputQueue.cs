using System.Diagnostics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>An input on its way to an actor of this process.</summary>
internal readonly record struct RoutedInput(ActorCell Cell, InputKind Kind, object? Body = null, ActorId Peer = default, long Number = 0, DurableKey Key = default);

/// <summary>
/// Inputs that other threads have for the thread that runs the actors' turns. A waiting thread spins for a moment first (an answer is often
/// microseconds away), then sleeps, so that it does not hold up a busy machine.
/// </summary>
internal sealed class InputQueue
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 50_000;

    private readonly Queue<RoutedInput> _queue = new();
    private volatile int _count;
    private bool _sleeping;

    public void Enqueue(in RoutedInput input)
    {
        lock (_queue)
        {
            _queue.Enqueue(input);
            _count = _queue.Count;
            if (_sleeping)
            {
                Monitor.Pulse(_queue);
            }
        }
    }

    public bool TryDequeue(out RoutedInput input)
    {
        if (_count == 0)
        {
            input = default;
            return false;
        }

        lock (_queue)
        {
            var found = _queue.TryDequeue(out input);
            _count = _queue.Count;
            return found;
        }
    }

    /// <summary>Returns when an input is here or the time is up.</summary>
    public void Wait(TimeSpan limit)
    {
        var until = Stopwatch.GetTimestamp() + SpinTicks;
        while (_count == 0 && Stopwatch.GetTimestamp() < until)
        {
            Thread.SpinWait(20);
        }

        lock (_queue)
        {
            if (_count == 0)
            {
                _sleeping = true;
                Monitor.Wait(_queue, limit);
                _sleeping = false;
            }
        }
    }
}
