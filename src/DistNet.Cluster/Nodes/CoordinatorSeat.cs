using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// The coordinator's place on a node: taken from the start and for good on the built-in plane; elsewhere given and taken back by the control plane.
/// While it is empty the node stands by, and remembers what the coordinator tells of its runs.
/// </summary>
/// <param name="directory">The node's own.</param>
/// <param name="lives">Numbers for lives, which must be higher than those that another coordinator gave.</param>
/// <param name="create">Makes a director for a new time in the place.</param>
/// <param name="fail">Told why the node cannot go on.</param>
internal sealed class CoordinatorSeat(string directory, LifeNumbers lives, Func<Director> create, Action<Exception> fail) : ICoordinatorListener, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private volatile Director? _director;
    private volatile string? _elsewhere;
    private Task _standingDown = Task.CompletedTask;

    /// <summary>Who is in the place; null: the node stands by.</summary>
    public Director? Director => _director;

    public LogPlace Place => _director?.Place ?? new LogPlace(ActorId.Coordinator.ToString());

    public JournalTold? Journal => _director?.Journal;

    public bool HasServers => _director?.HasServers == true;

    /// <exception cref="StandsByException">The coordinator is not here.</exception>
    public Director Require() => _director ?? throw new StandsByException(_elsewhere);

    public void OnSelf(NodeLife self)
    {
        _director = create();
        _director.OnSelf(self);
    }

    public void OnRefused(string reason) => fail(new NodeRefusedException(reason));

    public void OnFailed(Exception failure) => fail(failure);

    public void OnUp(NodeLife node) => _director?.OnUp(node);

    public void OnDown(NodeLife node, string reason, bool left) => _director?.OnDown(node, reason, left);

    public void OnMessage(NodeLife from, Envelope envelope)
    {
        if (_director is { } director)
        {
            director.OnMessage(from, envelope);
        }
        else
        {
            LinkQueue.Discard(envelope);
        }
    }

    /// <summary>A tensor for the coordinator's actors. Takes the envelope over.</summary>
    public void Deliver(Envelope envelope)
    {
        if (_director is { } director)
        {
            director.Deliver(envelope);
        }
        else
        {
            LinkQueue.Discard(envelope);
        }
    }

    public void OnLinkBroken(in LinkBroken broken) => _director?.OnLinkBroken(broken);

    /// <summary>The same end for all who ask: two directors must not write into one run folder.</summary>
    public Task StandDownAsync()
    {
        lock (_lock)
        {
            if (_director is { } director)
            {
                _director = null;
                _standingDown = director.DisposeAsync().AsTask();
            }

            return _standingDown;
        }
    }

    public void OnJournal(JournalTold journal, long life)
    {
        lives.Saw(life);
        if (_director is null)
        {
            RunJournal.Of(journal).Write(directory);
        }
    }

    public void OnCoordinatorAt(string address) => _elsewhere = address;

    public ValueTask DisposeAsync() => new(StandDownAsync());
}

/// <summary>A node that can be the coordinator's is asked what only the coordinator's can answer.</summary>
/// <param name="elsewhere">Where the coordinator was last; null: nobody has told.</param>
internal sealed class StandsByException(string? elsewhere)
    : Exception(elsewhere is null ? "this node stands by for the coordinator, which it has not heard of yet" : $"this node stands by for the coordinator, which is at {elsewhere}");
