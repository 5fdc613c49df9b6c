using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Threads that carry out work orders, each with a runner of its own. They report through the input queue, so that the actors' turns
/// never wait behind a matrix product.
/// </summary>
internal sealed class ComputePool : IDisposable
{
    private readonly Queue<(ActorCell Cell, WorkOrder Order)> _orders = new();
    private readonly List<Thread> _threads = [];
    private readonly InputQueue _inputs;
    private bool _closing;

    public ComputePool(int threads, Func<IWorkRunner> createRunner, InputQueue inputs)
    {
        _inputs = inputs;
        for (var i = 0; i < threads; i++)
        {
            var thread = new Thread(() => Work(createRunner)) { IsBackground = true, Name = $"compute-{i}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>What a runner threw; the run cannot go on then.</summary>
    public Exception? Failure { get; private set; }

    public void Add(ActorCell cell, WorkOrder order)
    {
        lock (_orders)
        {
            _orders.Enqueue((cell, order));
            Monitor.Pulse(_orders);
        }
    }

    /// <summary>Ends the threads after the order each is at.</summary>
    public void Dispose()
    {
        lock (_orders)
        {
            _closing = true;
            foreach (var (_, order) in _orders)
            {
                order.Cancelled.Set();
            }

            Monitor.PulseAll(_orders);
        }

        _threads.ForEach(thread => thread.Join());
    }

    private void Work(Func<IWorkRunner> createRunner)
    {
        try
        {
            using var runner = createRunner();
            var sink = new Sink(_inputs);
            while (TryTake(out var cell, out var order))
            {
                sink.Cell = cell;
                var done = runner.Run(order, sink);
                _inputs.Enqueue(new RoutedInput(cell, done ? InputKind.WorkDone : InputKind.WorkCancelled, order));
            }
        }
        catch (Exception e)
        {
            Failure = e;
            _inputs.Enqueue(default);
        }
    }

    private bool TryTake(out ActorCell cell, out WorkOrder order)
    {
        lock (_orders)
        {
            while (_orders.Count == 0 && !_closing)
            {
                Monitor.Wait(_orders);
            }

            (cell, order) = _closing ? default : _orders.Dequeue();
            return !_closing;
        }
    }

    private sealed class Sink(InputQueue inputs) : IWorkSink
    {
        public ActorCell Cell { get; set; } = null!;

        public void OnYielded(WorkOrder order, int part) =>
            inputs.Enqueue(new RoutedInput(Cell, InputKind.WorkYielded, order, Number: part));
    }
}
