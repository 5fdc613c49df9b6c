using System.Diagnostics;
using DistNet.Numerics;
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
    private int _count;
    private int _shortCount;
    private int _sleepers;
    private bool _closing;

    /// <param name="workers">Workers whose work comes here: no more threads than these take long work.</param>
    /// <param name="threads">Threads in all. Those beyond the workers do short work, and form teams for the others' products.</param>
    /// <param name="createRunner">Makes the runner of a thread that takes long work.</param>
    /// <param name="host">Where answers go.</param>
    public ComputePool(int workers, int threads, Func<IComputeTeam, IWorkRunner> createRunner, InProcessHost host)
    {
        _host = host;
        var runners = Math.Min(workers, threads);
        for (var i = 0; i < threads; i++)
        {
            var isRunner = i < runners;
            var thread = new Thread(() => Guard(isRunner ? () => RunAll(threads / runners, createRunner) : RunShort))
            {
                IsBackground = true,
                Name = $"compute-{i}",
            };
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

            Count();
            if (_sleepers > 0)
            {
                Monitor.PulseAll(_long);
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

    private void Guard(Action run)
    {
        try
        {
            run();
        }
        catch (Exception e)
        {
            _host.Fail(new InvalidOperationException($"A computation failed: {e.Message}", e));
        }
    }

    private void RunAll(int teamSize, Func<IComputeTeam, IWorkRunner> createRunner)
    {
        using var team = new ThreadTeam(teamSize);
        using var runner = createRunner(team);
        var sink = new Sink(this);
        while (TryTake(out var cell, out var order))
        {
            Carry(cell, order, runner, sink);
        }
    }

    private void RunShort()
    {
        while (TryTakeShort(wait: true, out var cell, out var work))
        {
            Carry(cell, work);
        }
    }

    private void Carry(ActorCell cell, WorkOrder order, IWorkRunner runner, Sink sink)
    {
        if (order is TensorWork work)
        {
            Carry(cell, work);
            return;
        }

        sink.Cell = cell;
        var done = runner.Run((NetworkWork)order, sink);
        _host.Post(new RoutedInput(cell, done ? InputKind.WorkDone : InputKind.WorkCancelled, order));
    }

    private void Carry(ActorCell cell, TensorWork work)
    {
        work.Execute();
        _host.Post(new RoutedInput(cell, InputKind.WorkDone, work));
    }

    private bool TryTake(out ActorCell cell, out WorkOrder order)
    {
        Spin(ref _count);
        lock (_long)
        {
            while (_count == 0 && !_closing)
            {
                Sleep();
            }

            (cell, order) = _closing ? default : Next();
            return !_closing;
        }
    }

    private bool TryTakeShort(bool wait, out ActorCell cell, out TensorWork work)
    {
        if (wait)
        {
            Spin(ref _shortCount);
        }

        lock (_long)
        {
            while (wait && _shortCount == 0 && !_closing)
            {
                Sleep();
            }

            var found = _short.TryDequeue(out var next) && !_closing;
            (cell, work) = next;
            Count();
            return found;
        }
    }

    private (ActorCell Cell, WorkOrder Order) Next()
    {
        var next = _short.TryDequeue(out var work) ? work : ((ActorCell, WorkOrder))_long.Dequeue();
        Count();
        return next;
    }

    private void Sleep()
    {
        _sleepers++;
        Monitor.Wait(_long);
        _sleepers--;
    }

    private void Count()
    {
        _shortCount = _short.Count;
        _count = _short.Count + _long.Count;
    }

    private static void Spin(ref int count)
    {
        var until = Stopwatch.GetTimestamp() + SpinTicks;
        while (Volatile.Read(ref count) == 0 && Stopwatch.GetTimestamp() < until)
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
            while (Volatile.Read(ref pool._shortCount) > 0 && pool.TryTakeShort(wait: false, out var cell, out var work))
            {
                pool.Carry(cell, work);
            }
        }
    }
}
