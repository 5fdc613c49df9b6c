using System.Diagnostics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Threads that carry out work. Short work that others wait for goes before long work, and between the parts of it. A thread without work
/// spins for a moment (the next is often microseconds away), then sleeps, so that it does not hold up a busy machine.
/// </summary>
internal sealed class ComputePool : IDisposable
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 25_000;

    private readonly Queue<(ActorCell Cell, NetworkWork Work)> _long = new();
    private readonly Queue<(ActorCell Cell, TensorWork Work)> _short = new();
    private readonly List<Thread> _threads = [];
    private readonly InProcessHost _host;
    private volatile int _count;
    private int _sleepers;
    private bool _closing;

    public ComputePool(int threads, Func<IWorkRunner> createRunner, InProcessHost host)
    {
        _host = host;
        for (var i = 0; i < threads; i++)
        {
            var thread = new Thread(() => Run(createRunner)) { IsBackground = true, Name = $"compute-{i}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    public void Add(ActorCell cell, WorkOrder order)
    {
        lock (_long)
        {
            if (order is TensorWork work)
            {
                _short.Enqueue((cell, work));
            }
            else
            {
                _long.Enqueue((cell, (NetworkWork)order));
            }

            _count++;
            if (_sleepers > 0)
            {
                Monitor.Pulse(_long);
            }
        }
    }

    /// <summary>Ends the threads after the work each is at.</summary>
    public void Dispose()
    {
        lock (_long)
        {
            _closing = true;
            foreach (var (_, work) in _long)
            {
                work.Cancelled.Set();
            }

            Monitor.PulseAll(_long);
        }

        _threads.ForEach(thread => thread.Join());
    }

    private void Run(Func<IWorkRunner> createRunner)
    {
        try
        {
            using var runner = createRunner();
            var sink = new Sink(this);
            while (TryTake(out var cell, out var order))
            {
                Carry(cell, order, runner, sink);
            }
        }
        catch (Exception e)
        {
            _host.Fail(new InvalidOperationException($"A computation failed: {e.Message}", e));
        }
    }

    private void Carry(ActorCell cell, WorkOrder order, IWorkRunner runner, Sink sink)
    {
        var done = true;
        if (order is TensorWork work)
        {
            work.Execute();
        }
        else
        {
            sink.Cell = cell;
            done = runner.Run((NetworkWork)order, sink);
        }

        _host.Post(new RoutedInput(cell, done ? InputKind.WorkDone : InputKind.WorkCancelled, order));
    }

    private void RunShortWork()
    {
        while (_count > 0 && TryTakeShort(out var cell, out var work))
        {
            work.Execute();
            _host.Post(new RoutedInput(cell, InputKind.WorkDone, work));
        }
    }

    private bool TryTakeShort(out ActorCell cell, out TensorWork work)
    {
        lock (_long)
        {
            var found = _short.TryDequeue(out var next);
            (cell, work) = next;
            _count -= found ? 1 : 0;
            return found;
        }
    }

    private bool TryTake(out ActorCell cell, out WorkOrder order)
    {
        SpinWhileEmpty();
        lock (_long)
        {
            while (_count == 0 && !_closing)
            {
                _sleepers++;
                Monitor.Wait(_long);
                _sleepers--;
            }

            (cell, order) = _closing ? default : Next();
            return !_closing;
        }
    }

    private (ActorCell Cell, WorkOrder Order) Next()
    {
        _count--;
        return _short.TryDequeue(out var work) ? work : _long.Dequeue();
    }

    private void SpinWhileEmpty()
    {
        var until = Stopwatch.GetTimestamp() + SpinTicks;
        while (_count == 0 && Stopwatch.GetTimestamp() < until)
        {
            Thread.SpinWait(20);
        }
    }

    private sealed class Sink(ComputePool pool) : IWorkSink
    {
        public ActorCell Cell { get; set; } = null!;

        public void OnYielded(NetworkWork order, int part)
        {
            pool._host.Post(new RoutedInput(Cell, InputKind.WorkYielded, order, Number: part));
            pool.RunShortWork();
        }
    }
}
