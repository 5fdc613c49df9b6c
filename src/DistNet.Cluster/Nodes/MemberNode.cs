using System.Threading.Channels;
using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// A server's or worker's node above its control plane: runs the actors that it is given. What it is told to begin and end is done one
/// after the other; messages between actors do not wait for that.
/// </summary>
internal sealed class MemberNode : IMemberListener, IAsyncDisposable
{
    private readonly NodeParts _parts;
    private readonly RemoteData _remote;
    private readonly Channel<Func<Task>> _todo = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _meeting = new();
    private readonly TaskCompletionSource<ActorId> _named = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _working;
    private NodeLife? _self;
    private NodeLife? _coordinator;
    private RunOrder? _lastOrder;
    private volatile HostedRun? _run;
    private volatile StartedFrom? _given;
    private volatile bool _isReady;

    /// <param name="parts">Of this node.</param>
    /// <param name="clients">The way to the coordinator's node, for what a run needs.</param>
    /// <param name="dataRoot">Where relative paths of data begin.</param>
    public MemberNode(NodeParts parts, NodeClients clients, string dataRoot)
    {
        _parts = parts;
        _remote = new RemoteData(() => ClusterAddress.Parse(_coordinator!.Card.Address, "--advertise"), clients, dataRoot);
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Whether the cluster has admitted this node.</summary>
    public bool IsReady => _isReady;

    /// <summary>The run whose actors are here; null: none.</summary>
    public string? Run => _run?.Order.Run;

    public bool HasRun => _run is not null;

    /// <summary>Ends when the cluster has given this node a name, with it; from then on it hears other nodes.</summary>
    public Task<ActorId> Named => _named.Task;

    /// <summary>Where this node stands; null: the cluster has given it no name yet.</summary>
    public LogPlace? Place => _self is not { } self ? null
        : _run is { } run ? new LogPlace(self.Name.ToString(), run.Order.Run, run.Step)
        : new LogPlace(self.Name.ToString());

    /// <summary>A run's plan with the weights that it was given to start from, which outlive this node's lives; null: none were needed here.</summary>
    public RunPlan? Given => _given?.Plan;

    public void OnRefused(string reason) => _parts.Fail(new NodeRefusedException(reason));

    public void OnFailed(Exception failure) => _parts.Fail(failure);

    public void OnSelf(NodeLife self) => Do(() => BeginLifeAsync(self));

    public void OnVoid() => Do(EndActorsAsync);

    public void OnUp(NodeLife node)
    {
        _isReady = true;
        _coordinator = node;
        Do(() =>
        {
            // Of a run that it took part in, in a life before this one, it tells too: a coordinator without its disk may hear of it from nobody else.
            Send(new Enlist(_lastOrder?.ToJson() ?? "", _run?.Postings ?? [], _run?.Peers ?? []));
            return Task.CompletedTask;
        });
    }

    public void OnDown(NodeLife node, string reason, bool left) => _isReady = false;

    public void OnMessage(NodeLife from, Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<Assign> assign:
                var assigned = assign.Message;
                Do(() => AssignAsync(assigned));
                break;
            case Envelope<Peers> peers:
                OnPeers(peers.Message);
                break;
            case Envelope<RunEnded> ended:
                var run = ended.Message.Run;
                Do(() => EndAsync(run));
                break;
            default:
                Deliver(envelope);
                return;
        }

        envelope.Recycle();
    }

    /// <summary>A message for an actor here. Takes the envelope over.</summary>
    public void Deliver(Envelope envelope)
    {
        if (_run is { } run)
        {
            run.Deliver(envelope);
        }
        else
        {
            LinkQueue.Discard(envelope);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _todo.Writer.TryComplete();
        await _end.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(false);
        if (_run is { } run)
        {
            await run.DisposeAsync().ConfigureAwait(false);
        }

        _end.Dispose();
    }

    private void Do(Func<Task> step) => _todo.Writer.TryWrite(step);

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var step in _todo.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await step().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The node ends.
        }
        catch (Exception e)
        {
            _parts.Fail(e);
        }
    }

    private async Task BeginLifeAsync(NodeLife self)
    {
        if (_self is not null)
        {
            _parts.Log.NewLife(self.Life);
        }

        _self = self;
        await EndActorsAsync().ConfigureAwait(false);
        _parts.Data.Begin(self);
        _named.TrySetResult(self.Name);
    }

    private async Task AssignAsync(Assign assign)
    {
        var order = RunOrder.Parse(assign.Order);
        try
        {
            if (_run?.Order.Run != order.Run)
            {
                if (_lastOrder?.Run != order.Run)
                {
                    await ForgetAsync().ConfigureAwait(false);
                }

                await BeginAsync(order, assign.Postings).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is UsageException or HttpRequestException or IOException)
        {
            _parts.Log.NodeUnfit(_self!.Name, order.Run, e.Message);
            Send(new Unfit(order.Run, ShortText.Of(e.Message)));
            return;
        }

        foreach (var posting in assign.Postings)
        {
            _run!.Add(posting);
            Send(new Ready(order.Run, posting));
        }
    }

    private async Task BeginAsync(RunOrder order, IReadOnlyList<Posting> postings)
    {
        LoadedData? data = null;
        if (postings.Any(posting => posting.Actor.Role == Role.Worker))
        {
            data = await _remote.LoadAsync(order, _end.Token).ConfigureAwait(false);
            if (NodeData.Mismatch(data, order) is { } mismatch)
            {
                throw new UsageException(mismatch);
            }
        }

        var plan = postings.Any(posting => posting.Actor.Role == Role.Server) ? await PlanOfServerAsync(order).ConfigureAwait(false) : order.Plan();
        _run = new HostedRun(order, plan, data, _parts, static _ => { });
        _lastOrder = order;
    }

    private async Task<RunPlan> PlanOfServerAsync(RunOrder order)
    {
        var plan = order.Plan();
        if (order.Options().InitSha256 is not { } hash)
        {
            return plan;
        }

        var started = _given is { } given && given.Sha256 == hash
            ? plan with { InitialParameters = given.Plan.InitialParameters }
            : plan.StartingFrom(await _remote.LoadInitialAsync(order, plan.Layout, _end.Token).ConfigureAwait(false));
        _given = new StartedFrom(order.Run, hash, started);
        return started;
    }

    private Task EndAsync(string run)
    {
        if (_given?.Run == run)
        {
            _given = null;
        }

        return _lastOrder?.Run == run ? ForgetAsync() : Task.CompletedTask;
    }

    /// <summary>
    /// What actors here are told next they may answer at once, to anybody on the list; so this does not wait for its turn. A list that comes
    /// before its run is of no use: another follows when an actor of the run is ready here.
    /// </summary>
    private void OnPeers(in Peers peers)
    {
        lock (_meeting)
        {
            if (_run is { } run && run.Order.Run == peers.Run)
            {
                run.Meet([.. peers.All.Select(AsReachedHere)]);
            }
        }
    }

    /// <summary>The coordinator is where it was joined: what it believes its address to be may not lead there from here.</summary>
    private Peer AsReachedHere(Peer peer) => peer.Node == ActorId.Coordinator ? peer with { Address = _coordinator!.Card.Address } : peer;

    /// <summary>What actors of the last run have stored is of no use to another.</summary>
    private async Task ForgetAsync()
    {
        await EndActorsAsync().ConfigureAwait(false);
        if (_lastOrder is { } order)
        {
            _lastOrder = null;
            var state = _parts.StateOf(order.Run);
            if (Directory.Exists(state))
            {
                Directory.Delete(state, recursive: true);
            }
        }
    }

    /// <summary>What they have stored stays: a cut says which generation took it, so that a later life of them takes none for another.</summary>
    private async Task EndActorsAsync()
    {
        if (_run is not { } run)
        {
            return;
        }

        lock (_meeting)
        {
            _run = null;
            _parts.Data.Meet([]);
        }

        await run.DisposeAsync().ConfigureAwait(false);
    }

    private void Send<T>(in T message)
        where T : struct, IMessage =>
        _parts.Control.Send(ActorId.Coordinator, Envelope<T>.Rent(_self!.Name, _self.Life, ActorId.Coordinator, message));

    private sealed record StartedFrom(string Run, string Sha256, RunPlan Plan);
}

/// <summary>The cluster does not admit this node; the message says why.</summary>
public sealed class NodeRefusedException(string reason) : Exception(reason);
