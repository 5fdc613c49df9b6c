using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Runs a whole cluster's actors in this process. The calling thread runs the actors' turns; a pool of threads computes, and hands
/// gradients over without copying. With one worker and one partition nothing could overlap, so that the calling thread
/// computes too, between turns.
/// </summary>
public sealed class InProcessHost : IDisposable
{
    private readonly InProcessOptions _options;
    private readonly IActorStorage _storage;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TensorPool _pool = new();
    private readonly InputQueue _inputs = new();
    private readonly Queue<RoutedInput> _local = new();
    private readonly TimerSet _timers = new();
    private readonly ActorCell[] _servers;
    private readonly ActorCell[] _workers;
    private readonly ActorCell _coordinator;
    private readonly ActorCell _sequencer;
    private readonly ComputePool? _compute;
    private readonly InlineCompute? _inline;
    private volatile Exception? _storageFailure;
    private int _ordersOut;
    private bool _ended;

    public InProcessHost(RunPlan plan, InProcessOptions options, IActorStorage storage, TimeProvider time)
    {
        _options = options;
        _storage = storage;
        _time = time;
        _start = time.GetTimestamp();
        _coordinator = new ActorCell(ActorId.Coordinator, new CoordinatorActor(plan));
        _sequencer = new ActorCell(ActorId.Sequencer, new SequencerActor(plan));
        _servers = Cells(plan.Map.Partitions.Length, i => new ActorCell(ActorId.Server(i), new ParameterServerActor(i, plan, _pool)));
        _workers = Cells(options.Workers, i => new ActorCell(ActorId.Worker(i), new WorkerActor(i, plan, _pool)));
        if (_workers.Length == 1 && _servers.Length == 1)
        {
            _inline = new InlineCompute(options.CreateRunner(), this);
        }
        else
        {
            _compute = new ComputePool(Math.Min(options.Threads, options.Workers), options.CreateRunner, _inputs);
        }
    }

    /// <summary>Tensors lent out; 0 when a run has ended and its partitions were released.</summary>
    public int TensorsOutstanding => _pool.Outstanding;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Runs until the run has completed or failed, which the observer is told; throws what an actor or runner throws.</summary>
    /// <param name="endEarly">Asks the run to end soon, with a last cut.</param>
    public void Run(CancellationToken endEarly)
    {
        StartActors();
        using var registration = endEarly.Register(() => _inputs.Enqueue(
            new RoutedInput(_coordinator, InputKind.Message, Envelope<EndEarly>.Rent(ActorId.Coordinator, 0, ActorId.Coordinator, default))));
        while (!IsOver)
        {
            RunTurns();
            ThrowIfFailed();
            if (!IsOver && _inline?.TryRunNext() != true)
            {
                _inputs.Wait(_timers.UntilNext(Now));
            }
        }

        RunTurns();
    }

    public void Dispose()
    {
        _compute?.Dispose();
        _inline?.Dispose();
        _storage.Dispose();
        _pool.Dispose();
    }

    /// <summary>A run that failed may have work under way; its tensors come back with the answer.</summary>
    private bool IsOver => _ended && _ordersOut == 0;

    private void ThrowIfFailed()
    {
        if (_compute?.Failure is { } failure)
        {
            throw new InvalidOperationException($"A computation failed: {failure.Message}", failure);
        }

        if (_storageFailure is { } problem)
        {
            throw problem;
        }
    }

    private static ActorCell[] Cells(int count, Func<int, ActorCell> create)
    {
        var cells = new ActorCell[count];
        for (var i = 0; i < count; i++)
        {
            cells[i] = create(i);
        }

        return cells;
    }

    private IEnumerable<ActorCell> AllCells => [_coordinator, _sequencer, .. _servers, .. _workers];

    private void StartActors()
    {
        foreach (var cell in AllCells)
        {
            var record = cell == _coordinator ? _storage.Record : null;
            _local.Enqueue(new RoutedInput(cell, InputKind.Started, record, Number: ActorCell.Incarnation));
        }

        foreach (var cell in AllCells)
        {
            foreach (var peer in AllCells.Where(peer => peer != cell))
            {
                _local.Enqueue(new RoutedInput(cell, InputKind.PeerUp, Peer: peer.Id, Number: ActorCell.Incarnation));
            }
        }
    }

    /// <summary>Runs turns until no input is left; also called between the layers of an inline computation.</summary>
    private void RunTurns()
    {
        do
        {
            while (_local.TryDequeue(out var input) || _inputs.TryDequeue(out input))
            {
                if (input.Cell is not null)
                {
                    RunTurn(input);
                }
            }
        }
        while (_timers.TryTakeDue(Now, out var cell, out var timer) && Enqueue(new RoutedInput(cell, InputKind.TimerFired, Number: (long)timer)));
    }

    private bool Enqueue(in RoutedInput input)
    {
        _local.Enqueue(input);
        return true;
    }

    private void RunTurn(in RoutedInput routed)
    {
        var outbox = routed.Cell.Outbox;
        _ordersOut -= routed.Kind is InputKind.WorkDone or InputKind.WorkCancelled ? 1 : 0;
        routed.Cell.Handle(InputOf(routed));
        (routed.Body as Envelope)?.Recycle();
        for (var i = 0; i < outbox.Count; i++)
        {
            CarryOut(routed.Cell, outbox[i]);
        }

        outbox.Clear();
    }

    private Input InputOf(in RoutedInput routed) => routed.Kind switch
    {
        InputKind.Message => Input.Message(Now, (Envelope)routed.Body!),
        InputKind.WorkYielded => Input.WorkYielded(Now, (WorkOrder)routed.Body!, (int)routed.Number),
        InputKind.WorkDone => Input.WorkDone(Now, (WorkOrder)routed.Body!),
        InputKind.WorkCancelled => Input.WorkCancelled(Now, (WorkOrder)routed.Body!),
        InputKind.TimerFired => Input.TimerFired(Now, (TimerKind)routed.Number),
        InputKind.Stored => Input.Stored(Now, routed.Key, (DurableItem)routed.Body!),
        InputKind.Loaded => Input.Loaded(Now, routed.Key, (DurableItem?)routed.Body),
        InputKind.Started => Input.Started(Now, routed.Number, (DurableItem?)routed.Body),
        InputKind.PeerUp => Input.PeerUp(Now, routed.Peer, routed.Number),
        _ => throw new InvalidOperationException($"Nothing dies alone in one process: {routed.Kind}."),
    };

    private void CarryOut(ActorCell cell, in Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                var envelope = (Envelope)effect.Body!;
                _local.Enqueue(new RoutedInput(CellOf(envelope.To), InputKind.Message, envelope));
                break;
            case EffectKind.Observe:
                Observe((Envelope)effect.Body!);
                break;
            case EffectKind.StartWork:
                _ordersOut++;
                _compute?.Add(cell, (WorkOrder)effect.Body!);
                _inline?.Add(cell, (WorkOrder)effect.Body!);
                break;
            case EffectKind.CancelWork:
                ((WorkOrder)effect.Body!).Cancelled.Set();
                break;
            case EffectKind.SetTimer:
                _timers.Set(cell, effect.Timer, Now + effect.Delay);
                break;
            case EffectKind.ClearTimer:
                _timers.Clear(cell, effect.Timer);
                break;
            default:
                CarryOutDurable(cell, effect);
                break;
        }
    }

    private void CarryOutDurable(ActorCell cell, Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Store:
                _storage.Store(cell.Id, effect.Key, (DurableItem)effect.Body!, problem => OnStored(cell, effect, problem));
                break;
            case EffectKind.Load:
                var loaded = _storage.Load(cell.Id, effect.Key, _pool);
                _local.Enqueue(new RoutedInput(cell, InputKind.Loaded, loaded, Key: effect.Key));
                break;
            case EffectKind.Forget:
                _storage.Forget(cell.Id, effect.Key);
                break;
        }
    }

    private void OnStored(ActorCell cell, Effect effect, Exception? problem)
    {
        _storageFailure ??= problem;
        _inputs.Enqueue(problem is null ? new RoutedInput(cell, InputKind.Stored, effect.Body, Key: effect.Key) : default);
    }

    private ActorCell CellOf(ActorId id) => id.Role switch
    {
        Role.Coordinator => _coordinator,
        Role.Sequencer => _sequencer,
        Role.Server => _servers[id.Index],
        _ => _workers[id.Index],
    };

    private void Observe(Envelope envelope)
    {
        _ended |= envelope is Envelope<RunCompleted> or Envelope<RunFailed>;
        _options.Observe(envelope);
        envelope.Recycle();
    }

    /// <summary>Computes on the thread that runs the turns; the turns that a layer's gradients cause run before the next layer.</summary>
    private sealed class InlineCompute(IWorkRunner runner, InProcessHost host) : IWorkSink, IDisposable
    {
        private readonly Queue<(ActorCell Cell, WorkOrder Order)> _orders = new();
        private ActorCell? _cell;

        public void Add(ActorCell cell, WorkOrder order) => _orders.Enqueue((cell, order));

        public bool TryRunNext()
        {
            if (!_orders.TryDequeue(out var next))
            {
                return false;
            }

            _cell = next.Cell;
            var done = runner.Run(next.Order, this);
            host._local.Enqueue(new RoutedInput(next.Cell, done ? InputKind.WorkDone : InputKind.WorkCancelled, next.Order));
            return true;
        }

        public void OnYielded(WorkOrder order, int part)
        {
            host._local.Enqueue(new RoutedInput(_cell!, InputKind.WorkYielded, order, Number: part));
            host.RunTurns();
        }

        public void Dispose() => runner.Dispose();
    }
}
