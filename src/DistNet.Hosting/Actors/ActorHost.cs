using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Runs actors in this process: all of a run, or those of one node of a cluster. Turns run one at a time, each on the thread that brings the input, so
/// that an answer is dealt with where it was computed and no thread is woken in between; a pool of threads computes, and hands gradients
/// over without copying.
/// </summary>
public sealed class ActorHost : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ActorHostOptions _options;
    private readonly IActorStorage _storage;
    private readonly TensorPool _pool;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly InputQueue _inputs = new();
    private readonly Queue<RoutedInput> _local = new();
    private readonly TimerSet _timers = new();
    private readonly ActorTable _actors = new();
    private readonly ComputePool _compute;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Action _onNews = static () => { };
    private int _ordersOut;
    private volatile bool _ended;

    /// <param name="options">Threads, and where observations and messages to others go.</param>
    /// <param name="storage">Where actors keep things; the caller disposes it.</param>
    /// <param name="pool">Lends tensors to actors and to whoever brings messages; the caller disposes it.</param>
    /// <param name="time">The actors' clock.</param>
    public ActorHost(ActorHostOptions options, IActorStorage storage, TensorPool pool, TimeProvider time)
    {
        _options = options;
        _storage = storage;
        _pool = pool;
        _time = time;
        _start = time.GetTimestamp();
        _inputs.Begin();
        _compute = new ComputePool(options.Workers, options.Threads, options.CreateRunner, this);
    }

    /// <summary>
    /// Completes after <see cref="End"/>, when the last work is back; fails as soon as an actor, a runner or the storage does, and no turn runs after that.
    /// </summary>
    public Task Over => _over.Task;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Adds an actor; before <see cref="Begin"/>.</summary>
    public void Add(ActorId id, IActor actor, long incarnation) => _actors.Add(new ActorCell(id, actor, incarnation));

    /// <summary>
    /// Starts the actors and drives them on this thread until <see cref="End"/>, and until the last work is back; throws what an actor, a
    /// runner or the storage throws. What others bring meanwhile waits for the start.
    /// </summary>
    public void Run()
    {
        var bell = new Bell();
        Begin(bell.Ring);
        while (!Over.IsCompleted)
        {
            bell.Wait(FireDue() is { } due && due < LookAgain ? due : LookAgain);
        }

        Over.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Starts the actors, on this thread, for a loop of the caller's own that calls <see cref="FireDue"/> when a timer is due or there is news.
    /// What others bring meanwhile waits for the start.
    /// </summary>
    /// <param name="onNews">Told, on any thread, that a timer was set, or that it is over; must return soon.</param>
    public void Begin(Action onNews)
    {
        _onNews = onNews;
        try
        {
            StartActors();
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }

        RunTurns();
    }

    /// <summary>Fires the timers that are due; by one thread at a time. Returns how long none will be, unless one is set meanwhile; null: none is set.</summary>
    public TimeSpan? FireDue()
    {
        while (_timers.TryTakeDue(Now, out var cell, out var timer))
        {
            Post(new RoutedInput(cell, InputKind.TimerFired, Number: (long)timer));
        }

        return _timers.UntilNext(Now);
    }

    /// <summary>A message of an actor of another process, or from outside; takes the envelope and its tensor over. Any thread.</summary>
    public void Deliver(Envelope envelope)
    {
        if (_actors.Find(envelope.To) is { } cell)
        {
            Post(new RoutedInput(cell, InputKind.Message, envelope));
        }
        else
        {
            envelope.Tensor.Release();
            envelope.Recycle();
        }
    }

    /// <summary>A life of an actor of another process has begun. Any thread.</summary>
    public void PeerUp(ActorId peer, long incarnation) => TellAll(InputKind.PeerUp, peer, incarnation);

    /// <summary>A life of an actor of another process has ended. Any thread.</summary>
    public void PeerDown(ActorId peer, long incarnation) => TellAll(InputKind.PeerDown, peer, incarnation);

    /// <summary>Lets the host end as soon as no work is under way. Any thread.</summary>
    public void End()
    {
        _ended = true;
        Post(RoutedInput.Wake);
    }

    public void Dispose() => _compute.Dispose();

    /// <summary>Brings an input, from any thread, and runs the turns that follow from it unless another thread does.</summary>
    internal void Post(in RoutedInput input)
    {
        _inputs.Enqueue(input);
        while (_inputs.TryEnter())
        {
            RunTurns();
        }
    }

    /// <summary>The run cannot go on.</summary>
    internal void Fail(Exception failure)
    {
        if (_over.TrySetException(failure))
        {
            _onNews();
        }
    }

    /// <summary>All are up before the first of them is heard: nobody computes before the last worker has joined.</summary>
    private void StartActors()
    {
        foreach (var cell in _actors.All)
        {
            _local.Enqueue(new RoutedInput(cell, InputKind.Started, _storage.RecordOf(cell.Id), Number: cell.Incarnation));
        }

        foreach (var cell in _actors.All)
        {
            foreach (var peer in _actors.All.Where(peer => peer != cell))
            {
                _local.Enqueue(new RoutedInput(cell, InputKind.PeerUp, Peer: peer.Id, Number: peer.Incarnation));
            }
        }
    }

    private void TellAll(InputKind kind, ActorId peer, long incarnation)
    {
        foreach (var cell in _actors.All)
        {
            Post(new RoutedInput(cell, kind, Peer: peer, Number: incarnation));
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
        if (routed.Cell is { } cell)
        {
            RunTurn(cell, routed);
        }

        EndIfOver();
    }

    private void RunTurn(ActorCell cell, in RoutedInput routed)
    {
        _ordersOut -= routed.Kind is InputKind.WorkDone or InputKind.WorkCancelled ? 1 : 0;
        cell.Handle(InputOf(routed));
        (routed.Body as Envelope)?.Recycle();
        for (var i = 0; i < cell.Outbox.Count; i++)
        {
            CarryOut(cell, cell.Outbox[i]);
        }

        cell.Outbox.Clear();
    }

    /// <summary>Work may be under way; its tensors come back with the answer.</summary>
    private void EndIfOver()
    {
        if (_ended && _ordersOut == 0 && _over.TrySetResult())
        {
            _onNews();
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
        InputKind.PeerDown => Input.PeerDown(Now, routed.Peer, routed.Number),
        _ => throw new InvalidOperationException($"Nobody brings {routed.Kind}."),
    };

    private void CarryOut(ActorCell cell, in Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                Send((Envelope)effect.Body!);
                break;
            case EffectKind.Observe:
                _options.Observe((Envelope)effect.Body!);
                ((Envelope)effect.Body!).Recycle();
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
                _onNews();
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

    private void Send(Envelope envelope)
    {
        if (_actors.Find(envelope.To) is { } cell)
        {
            _local.Enqueue(new RoutedInput(cell, InputKind.Message, envelope));
        }
        else
        {
            (_options.Remote ?? throw new InvalidOperationException($"{envelope.To} is not here, and there is no way to others.")).Send(envelope);
        }
    }
}
