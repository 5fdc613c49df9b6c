using System.Runtime.ExceptionServices;
using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Runs a whole cluster's actors in this process. Turns run one at a time, each on the thread that brings the input, so that an answer is
/// dealt with where it was computed and no thread is woken in between; a pool of threads computes, and hands gradients over without copying.
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
    private readonly ComputePool _compute;
    private readonly object _news = new();
    private Exception? _failure;
    private int _ordersOut;
    private bool _ended;
    private bool _isOver;

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
        _compute = new ComputePool(options.Workers, options.Threads, options.CreateRunner, this);
    }

    /// <summary>Tensors lent out; 0 when a run has ended and its partitions were released.</summary>
    public int TensorsOutstanding => _pool.Outstanding;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Runs until the run has completed or failed, which the observer is told; throws what an actor or runner throws.</summary>
    /// <param name="endEarly">Asks the run to end soon, with a last cut.</param>
    public void Run(CancellationToken endEarly)
    {
        _inputs.Begin();
        StartActors();
        using var registration = endEarly.Register(() => Post(
            new RoutedInput(_coordinator, InputKind.Message, Envelope<EndEarly>.Rent(ActorId.Coordinator, 0, ActorId.Coordinator, default))));
        RunTurns();
        while (!WaitForEnd(_timers.UntilNext(Now)))
        {
            while (_timers.TryTakeDue(Now, out var cell, out var timer))
            {
                Post(new RoutedInput(cell, InputKind.TimerFired, Number: (long)timer));
            }
        }
    }

    public void Dispose()
    {
        _compute.Dispose();
        _storage.Dispose();
        _pool.Dispose();
    }

    /// <summary>Brings an input, from any thread, and runs the turns that follow from it unless another thread does.</summary>
    internal void Post(in RoutedInput input)
    {
        _inputs.Enqueue(input);
        while (_inputs.TryEnter())
        {
            RunTurns();
        }
    }

    /// <summary>The run cannot go on; whoever called <see cref="Run"/> is told.</summary>
    internal void Fail(Exception failure)
    {
        lock (_news)
        {
            _failure ??= failure;
            Monitor.Pulse(_news);
        }
    }

    /// <summary>Waits for the end or the next timer; true at the end.</summary>
    private bool WaitForEnd(TimeSpan limit)
    {
        lock (_news)
        {
            if (!_isOver && _failure is null)
            {
                Monitor.Wait(_news, limit);
            }

            if (_failure is not null)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }

            return _isOver;
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

    /// <summary>All are up before the first of them is heard: nobody computes before the last worker has joined.</summary>
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

    private void RunTurns()
    {
        try
        {
            while (_local.TryDequeue(out var input) || _inputs.TryDequeue(out input))
            {
                RunTurn(input);
            }
        }
        catch (Exception e)
        {
            // The right to run turns is kept: after half a turn there must be no other.
            Fail(e);
        }
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
        EndIfOver();
    }

    /// <summary>A run that failed may have work under way; its tensors come back with the answer.</summary>
    private void EndIfOver()
    {
        if (_ended && _ordersOut == 0)
        {
            lock (_news)
            {
                _isOver = true;
                Monitor.Pulse(_news);
            }
        }
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
                _compute.Add(cell, (WorkOrder)effect.Body!);
                break;
            case EffectKind.CancelWork:
                ((WorkOrder)effect.Body!).Cancelled.Set();
                break;
            case EffectKind.SetTimer:
                _timers.Set(cell, effect.Timer, Now + effect.Delay);
                lock (_news)
                {
                    Monitor.Pulse(_news);
                }

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
        if (problem is not null)
        {
            Fail(problem);
        }
        else
        {
            Post(new RoutedInput(cell, InputKind.Stored, effect.Body, Key: effect.Key));
        }
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
}
