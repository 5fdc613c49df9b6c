using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>A run's actors on this node, each on a host of its own, so that they come and go one by one; and the way to all others.</summary>
internal sealed class HostedRun : IRemoteActors, IAsyncDisposable
{
    private readonly NodeParts _parts;
    private readonly LoadedData? _data;
    private readonly Action<Envelope> _observe;
    private readonly NodeStorage _storage;
    private readonly PlanGuard _guard;
    private readonly HeldMail _held = new(TimeProvider.System);
    private readonly Lock _lock = new();
    private readonly Dictionary<ActorId, HostedActor> _hosted = [];
    private long _step = -1;
    private volatile Dictionary<ActorId, HostedActor> _byAddress = [];
    private volatile Dictionary<ActorId, Peer> _peers = [];

    /// <param name="order">The run.</param>
    /// <param name="plan">What its actors agree on.</param>
    /// <param name="data">What workers compute on; null: no worker comes here.</param>
    /// <param name="parts">Of this node.</param>
    /// <param name="observe">Takes observations; the envelope stays the host's.</param>
    public HostedRun(RunOrder order, RunPlan plan, LoadedData? data, NodeParts parts, Action<Envelope> observe)
    {
        Order = order;
        Plan = plan;
        _data = data;
        _parts = parts;
        _observe = observe;
        _guard = new PlanGuard(plan);
        _storage = new NodeStorage(parts.StateOf(order.Run));
    }

    public RunOrder Order { get; }

    public RunPlan Plan { get; }

    /// <summary>Where this node's actors keep things.</summary>
    public NodeStorage Storage => _storage;

    public IReadOnlyList<Posting> Postings
    {
        get
        {
            lock (_lock)
            {
                return [.. _hosted.Values.Select(actor => actor.Posting)];
            }
        }
    }

    /// <summary>The step that a worker here did last; null: there was none.</summary>
    public long? Step => Volatile.Read(ref _step) is >= 0 and var step ? step : null;

    /// <summary>Everybody it was told of last.</summary>
    public IReadOnlyList<Peer> Peers => [.. _peers.Values];

    /// <summary>Starts an actor here; one that runs here already in an earlier life ends first.</summary>
    public void Add(Posting posting)
    {
        lock (_lock)
        {
            if (_hosted.Remove(posting.Actor, out var before))
            {
                if (before.Posting == posting)
                {
                    _hosted[posting.Actor] = before;
                    return;
                }

                before.Dispose();
            }

            var hosted = new HostedActor(posting, Order, ActorsOf(posting.Actor), CreateHost(posting.Actor), _parts);
            _hosted[posting.Actor] = hosted;
            Publish();
            hosted.Start();
        }

        LifeMeter.Began(posting.Actor);
        _parts.Log.ActorRuns(posting.Actor, posting.Incarnation, Order.Run);
    }

    /// <summary>Who is there. Actors here hear of what has changed for them.</summary>
    public void Meet(IReadOnlyList<Peer> peers)
    {
        lock (_lock)
        {
            _peers = peers.ToDictionary(peer => peer.Actor);
            _parts.Data.Meet(peers);
            foreach (var hosted in _hosted.Values)
            {
                hosted.Meet(_peers);
            }
        }

        foreach (var envelope in _held.TakeFor(actor => _peers.ContainsKey(NodeActorOf(actor))))
        {
            Send(envelope);
        }
    }

    /// <summary>A message from another node. Takes the envelope over; drops it where its actor is not here.</summary>
    /// <exception cref="Wire.WireException">It does not fit the run.</exception>
    public void Deliver(Envelope envelope)
    {
        _parts.Faults?.Saw(Order.Run, envelope);
        if (_byAddress.TryGetValue(envelope.To, out var hosted))
        {
            try
            {
                _guard.Check(envelope);
            }
            catch
            {
                LinkQueue.Discard(envelope);
                throw;
            }

            hosted.Deliver(envelope);
        }
        else
        {
            LinkQueue.Discard(envelope);
        }
    }

    /// <summary>From an actor here.</summary>
    public void Send(Envelope envelope)
    {
        _parts.Faults?.Saw(Order.Run, envelope);
        if (_byAddress.TryGetValue(envelope.To, out var hosted))
        {
            hosted.Deliver(envelope);
        }
        else if (!_peers.TryGetValue(NodeActorOf(envelope.To), out var peer))
        {
            _held.Hold(envelope);
        }
        else if (envelope.Tensor.IsEmpty)
        {
            Note(envelope);
            _parts.Control.Send(peer.Node, envelope);
        }
        else
        {
            _parts.Data.Send(peer.Node, peer.NodeLife, envelope);
        }
    }

    /// <summary>Ends the actors. What they have stored stays.</summary>
    public async ValueTask DisposeAsync()
    {
        HostedActor[] all;
        lock (_lock)
        {
            all = [.. _hosted.Values];
            _hosted.Clear();
            Publish();
        }

        await Task.Run(() =>
        {
            Array.ForEach(all, hosted => hosted.Dispose());
            _held.Dispose();
            _storage.Dispose();
        }).ConfigureAwait(false);
    }

    /// <summary>The sequencer is where the coordinator is.</summary>
    private static ActorId NodeActorOf(ActorId actor) => actor == ActorId.Sequencer ? ActorId.Coordinator : actor;

    private void Note(Envelope envelope)
    {
        if (envelope is Envelope<Report> report)
        {
            Volatile.Write(ref _step, report.Message.Step);
        }
    }

    private void Publish() =>
        _byAddress = _hosted.Values.SelectMany(hosted => hosted.Addresses.Select(address => (address, hosted))).ToDictionary(pair => pair.address, pair => pair.hosted);

    private IReadOnlyList<(ActorId Id, IActor Actor)> ActorsOf(ActorId actor) => actor.Role switch
    {
        Role.Server => [(actor, new ParameterServerActor(actor.Index, Plan, _parts.Pool))],
        Role.Worker => [(actor, new WorkerActor(actor.Index, Plan, _parts.Pool))],
        _ => [(ActorId.Coordinator, new CoordinatorActor(Plan)), (ActorId.Sequencer, new SequencerActor(Plan))],
    };

    private (ActorHost Host, IDisposable? Runners) CreateHost(ActorId actor)
    {
        var isWorker = actor.Role == Role.Worker;
        var threads = actor.Role == Role.Coordinator ? 0 : _parts.Threads;
        var runners = isWorker ? new NetworkRunners(Plan, _data!.Train, _data.Test, workers: 1, threads) : null;
        var options = new ActorHostOptions(
            isWorker ? 1 : 0, threads, team => Slowed(actor, runners!.Create(team)), _observe, this);
        return (new ActorHost(options, _storage, _parts.Pool, _parts.Runner.Time), runners);
    }

    private IWorkRunner Slowed(ActorId worker, IWorkRunner runner) =>
        _parts.Faults is { } faults ? new SlowedRunner(runner, () => faults.FactorOf(worker)) : runner;
}
