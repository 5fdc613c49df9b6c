using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Threads that carry out work. Short work that others wait for goes before long work, and between the parts of it.
/// </summary>
internal sealed class ComputePool : IDisposable
{
    private readonly Queue<(ActorCell Cell, NetworkWork Work)> _long = new();
    private readonly Queue<(ActorCell Cell, TensorWork Work)> _short = new();
    private readonly List<Thread> _threads = [];
    private readonly ActorHost _host;
    private readonly SpinGate _anyWork;
    private readonly SpinGate _shortWork;
    private volatile int _count;
    private volatile int _shortCount;
    private volatile bool _closing;
    private int _idle;

    /// <param name="workers">Workers whose work comes here: no more threads than these take long work.</param>
    /// <param name="threads">Threads in all. Those beyond the workers do short work, and form teams for the others' products.</param>
    /// <param name="createRunner">Makes the runner of a thread that takes long work.</param>
    /// <param name="host">Where answers go.</param>
    public ComputePool(int workers, int threads, Func<IComputeTeam, IWorkRunner> createRunner, ActorHost host)
    {
        _host = host;
        _anyWork = new SpinGate(() => _count > 0 || _closing);
        _shortWork = new SpinGate(() => _shortCount > 0 || _closing);
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
        }

        _anyWork.Open();
        if (order is TensorWork)
        {
            _shortWork.Open();
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
        }

        _anyWork.Open();
        _shortWork.Open();
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
        while (!_closing)
        {
            WaitAt(_anyWork);
            if (TryTake(out var cell, out var order))
            {
                Carry(cell, order, runner, sink);
            }
        }
    }

    private void RunShort()
    {
        while (!_closing)
        {
            WaitAt(_shortWork);
            while (TryTakeShort(out var cell, out var work))
            {
                Carry(cell, work);
            }
        }
    }

    /// <summary>
    /// Between two parts of long work: does the short work that has come up, while it is in this processor's cache, except what threads
    /// without work will take. Otherwise the slower of two workers, which completes every sum, would do all updates and become slower still.
    /// </summary>
    private void RunShortWorkBetween()
    {
        while (_shortCount > Volatile.Read(ref _idle) && TryTakeShort(out var cell, out var work))
        {
            Carry(cell, work);
        }
    }

    private void WaitAt(SpinGate gate)
    {
        Interlocked.Increment(ref _idle);
        gate.Wait();
        Interlocked.Decrement(ref _idle);
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
        lock (_long)
        {
            var found = _count > 0 && !_closing;
            (cell, order) = !found ? default : _short.TryDequeue(out var work) ? work : ((ActorCell, WorkOrder))_long.Dequeue();
            Count();
            return found;
        }
    }

    private bool TryTakeShort(out ActorCell cell, out TensorWork work)
    {
        lock (_long)
        {
            var found = _short.TryDequeue(out var next);
            (cell, work) = next;
            Count();
            return found;
        }
    }

    private void Count()
    {
        _shortCount = _short.Count;
        _count = _short.Count + _long.Count;
    }

    private sealed class Sink(ComputePool pool) : IWorkSink
    {
        public ActorCell Cell { get; set; } = null!;

        public void OnYielded(NetworkWork order, int part)
        {
            pool._host.Post(new RoutedInput(Cell, InputKind.WorkYielded, order, Number: part));
            pool.RunShortWorkBetween();
        }
    }
}
