using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>
/// The coordinator's node above its control plane: keeps the cluster's one run, gives its actors to nodes, and tells everybody who is
/// where. What is to be done when an actor is lost is the coordinator actor's decision; here it is only told.
/// </summary>
internal sealed partial class Director : IControlListener, IAsyncDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(200);

    private readonly NodeParts _parts;
    private readonly DirectorOptions _options;
    private readonly LifeNumbers _lives;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _lock = new();
    private readonly Dictionary<ActorId, MemberState> _members = [];
    private readonly Dictionary<ActorId, GoneNode> _gone = [];
    private readonly CancellationTokenSource _end = new();
    private readonly SentWeights _weights;
    private readonly LostWeights _lostWeights;
    private NodeLife _self = null!;
    private RunJournal _journal;
    private DirectedRun? _run;
    private DirectedRun? _last;
    private Postings? _postings;
    private bool _isStarting;
    private TimeSpan _recoversUntil;
    private Task _ticking = Task.CompletedTask;
    private Task _finishing = Task.CompletedTask;

    /// <param name="parts">Of this node.</param>
    /// <param name="options">How patient it is.</param>
    /// <param name="lives">Numbers for actors' lives.</param>
    /// <param name="time">The clock.</param>
    /// <param name="clients">For what other nodes keep.</param>
    public Director(NodeParts parts, DirectorOptions options, LifeNumbers lives, TimeProvider time, NodeClients clients)
    {
        _parts = parts;
        _options = options;
        _lives = lives;
        _time = time;
        _start = time.GetTimestamp();
        _journal = RunJournal.Read(parts.Directory);
        _weights = new SentWeights(Path.Combine(parts.Directory, "sent"));
        _lostWeights = new LostWeights(clients);
    }

    /// <summary>The run in progress, else the one before; null: there was none in this process's life.</summary>
    public DirectedRun? Latest
    {
        get
        {
            lock (_lock)
            {
                return _run ?? _last;
            }
        }
    }

    /// <summary>What another coordinator would need to know.</summary>
    public JournalTold Journal
    {
        get
        {
            lock (_lock)
            {
                return _journal.Tell();
            }
        }
    }

    /// <summary>Whether servers of the run in progress are here.</summary>
    public bool HasServers
    {
        get
        {
            lock (_lock)
            {
                return _run is not null && _postings!.All.Any(post => post is { Actor.Role: Role.Server, IsReady: true, IsPresumed: false });
            }
        }
    }

    /// <summary>Whether nodes that took part in the run may still be on their way here.</summary>
    private bool IsRecovering => _run is not null && Now < _recoversUntil;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public void OnSelf(NodeLife self)
    {
        _self = self;
        _parts.Data.Begin(self);
        lock (_lock)
        {
            if (_journal.Order is { } order)
            {
                _parts.Log.RunGoesOn(RunOrder.Parse(order).Run, "its journal");
                TakeUp(RunOrder.Parse(order));
            }
        }

        _ticking = Task.Run(TickAsync);
    }

    public void OnRefused(string reason) => _parts.Fail(new InvalidOperationException(reason));

    public void OnFailed(Exception failure) => _parts.Fail(failure);

    public void OnUp(NodeLife node)
    {
        lock (_lock)
        {
            // Word of the end of its life before may come later than this.
            if (_members.TryGetValue(node.Name, out var before))
            {
                OnDown(before.Node, "another life of it is here", left: false);
            }

            _members[node.Name] = new MemberState(node);
            _gone.Remove(node.Name);
            CountLife(node.Name);
            _run?.Feed.Notice($"{NodeText.Of(node)} is here");
        }
    }

    public void OnDown(NodeLife node, string reason, bool left)
    {
        lock (_lock)
        {
            if (!_members.TryGetValue(node.Name, out var member) || member.Node != node)
            {
                return;
            }

            _members.Remove(node.Name);
            if (_postings?.OnDown(node, left, Now) == true)
            {
                _gone[node.Name] = new GoneNode(node, reason, Now);
                _run?.Feed.Notice($"{NodeText.Of(node)} is gone: {reason}");
                TellPeers();
                Assign();
            }
        }
    }

    public void OnMessage(NodeLife from, Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<Enlist> enlist:
                OnEnlist(from, enlist.Message);
                break;
            case Envelope<Ready> ready:
                OnReady(from, ready.Message);
                break;
            case Envelope<Unfit> unfit:
                OnUnfit(from, unfit.Message);
                break;
            case Envelope<LinkBroken> broken:
                OnLinkBroken(from, broken.Message);
                break;
            default:
                Pass(from, envelope);
                return;
        }

        envelope.Recycle();
    }

    /// <summary>A tensor for the coordinator's actors. Takes the envelope over.</summary>
    public void Deliver(Envelope envelope)
    {
        DirectedRun? run;
        lock (_lock)
        {
            run = _run;
        }

        if (run is null)
        {
            LinkQueue.Discard(envelope);
        }
        else
        {
            run.Hosted.Deliver(envelope);
        }
    }

    /// <summary>The coordinator's node itself has lost its data connection with another.</summary>
    public void OnLinkBroken(in LinkBroken broken) => OnLinkBroken(_self, broken);

    /// <summary>The node of that name; null: it is not here.</summary>
    public NodeLife? Find(string name)
    {
        lock (_lock)
        {
            return name == _self.Name.ToString() ? _self : _members.Values.FirstOrDefault(member => member.Node.Name.ToString() == name)?.Node;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _ticking.ConfigureAwait(false);
        await _finishing.ConfigureAwait(false);
        await _lostWeights.DisposeAsync().ConfigureAwait(false);
        if (_run is { } run)
        {
            await run.DisposeAsync().ConfigureAwait(false);
            run.Feed.Close();
        }

        _end.Dispose();
    }

    /// <summary>Two nodes that both live cannot exchange tensors: the one that is easier to do without begins a new life.</summary>
    private void OnLinkBroken(NodeLife from, in LinkBroken broken)
    {
        _parts.Log.LinkReported(from.Name, broken.Node, broken.Why);
        NodeLife? victim = from;
        lock (_lock)
        {
            var other = _members.GetValueOrDefault(broken.Node)?.Node;
            if (broken.Node != _self.Name && other?.Life != broken.Life)
            {
                return;
            }

            victim = from == _self || other?.Name.Role > from.Name.Role ? other : from;
        }

        _parts.Control.Expel(victim!.Name, victim.Life, $"its connection with {(victim == from ? broken.Node : from.Name)} broke");
    }

    /// <summary>A message between actors. Reports are looked at on the way: they say which step a worker is at.</summary>
    private void Pass(NodeLife from, Envelope envelope)
    {
        if (envelope is Envelope<Report> report)
        {
            lock (_lock)
            {
                if (_members.TryGetValue(from.Name, out var member))
                {
                    member.Step = report.Message.Step;
                }
            }
        }

        Deliver(envelope);
    }

    /// <summary>Asked from within the coordinator's turns, and so without the lock.</summary>
    private string? About(ActorId actor) => _parts.Control.Find(actor) is { } node
        ? FormattableString.Invariant($"(pid {node.Card.ProcessId}, {node.Card.Host}): last heard {_parts.Control.SinceHeard(actor)?.TotalSeconds ?? 0:F1} s ago")
        : null;

    private void Assign()
    {
        if (_run is not { } run)
        {
            return;
        }

        var fit = _members.Values.Where(member => member.IsEnlisted && member.Unfit?.Run != run.Order.Run).Select(member => member.Node).ToArray();
        foreach (var group in _postings!.Fill(fit, Now, _lives.Next).GroupBy(post => post.Node.Name))
        {
            foreach (var post in group)
            {
                _parts.Log.ActorAssigned(post.Actor, post.Node.Name, post.Actor == post.Node.Name ? "it is its own" : "its own node is not here");
            }

            Send(group.Key, new Assign(run.Order.ToJson(), [.. group.Select(post => post.Posting)]));
        }
    }

    private void TellPeers()
    {
        if (_run is not { } run)
        {
            return;
        }

        var coordinator = run.Hosted.Postings[0];
        Peer[] all =
        [
            new Peer(coordinator.Actor, coordinator.Incarnation, _self.Name, _self.Life, _self.Card.Address),
            .. _postings!.All.Where(post => post.IsReady).Select(post =>
                new Peer(post.Actor, post.Incarnation, post.Node.Name, post.Node.Life, post.Node.Card.Address)),
        ];
        foreach (var member in _members.Values.Where(member => member.IsEnlisted))
        {
            Send(member.Node.Name, new Peers(run.Order.Run, all));
        }

        run.Hosted.Meet(all);
    }

    private void Send<T>(ActorId to, in T message)
        where T : struct, IMessage => _parts.Control.Send(to, Envelope<T>.Rent(_self.Name, _self.Life, to, message));

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TickEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
            {
                lock (_lock)
                {
                    if (!IsRecovering && _postings?.ForgetPresumed(Now) == true)
                    {
                        TellPeers();
                    }

                    Assign();
                }

                _options.Watcher?.Saw(Status());
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }
}
