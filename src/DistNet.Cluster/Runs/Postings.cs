using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// Which node runs which actor of a run. Pure: nodes come and go, time is an argument. Workers run on every worker's node. A partition's
/// server runs on the node of its number where there is one, at first on any; one that lost its node waits for that node to come back, and
/// goes elsewhere when it does not come in time.
/// </summary>
/// <param name="servers">Partitions of the run.</param>
/// <param name="replaceAfter">How long a server's node is waited for.</param>
internal sealed class Postings(int servers, TimeSpan replaceAfter)
{
    private readonly Dictionary<ActorId, Post> _posts = [];
    private readonly Dictionary<ActorId, Loss> _lost = [];

    /// <summary>Every actor that has a node, running or not yet.</summary>
    public IReadOnlyCollection<Post> All => _posts.Values;

    /// <summary>Servers without a node, and since when.</summary>
    public IEnumerable<ActorId> Missing => Enumerable.Range(0, servers).Select(ActorId.Server).Where(server => !_posts.ContainsKey(server));

    public Post? Find(ActorId actor) => _posts.GetValueOrDefault(actor);

    public IReadOnlyList<Post> On(ActorId node) => [.. _posts.Values.Where(post => post.Node.Name == node).OrderBy(post => post.Actor.Index)];

    /// <summary>A node says that it runs an actor already. False when a newer life of that actor runs, or is to run, elsewhere.</summary>
    public bool Adopt(Posting posting, NodeLife node)
    {
        if (Find(posting.Actor) is { } known && (known.Incarnation > posting.Incarnation || (known.Incarnation == posting.Incarnation && !known.Node.IsSame(node))))
        {
            return false;
        }

        _posts[posting.Actor] = new Post(posting.Actor, posting.Incarnation, node, IsReady: true);
        return true;
    }

    /// <summary>A coordinator that goes on with a run knows no nodes yet; those of the servers are waited for as if they had just been lost.</summary>
    public void Recover(TimeSpan now)
    {
        foreach (var server in Missing)
        {
            _lost[server] = new Loss(now, Left: false);
        }
    }

    /// <summary>Somebody has heard of this actor from the coordinator before; its node has yet to come.</summary>
    public void Presume(Peer peer)
    {
        if (Find(peer.Actor) is null)
        {
            var node = new NodeLife(peer.Node, peer.NodeLife, new NodeCard(peer.Address, "", 0, ""));
            _posts[peer.Actor] = new Post(peer.Actor, peer.Incarnation, node, IsReady: true) { IsPresumed = true };
        }
    }

    /// <summary>Nodes that have not come until now do not come. True when there are some.</summary>
    public bool ForgetPresumed(TimeSpan now)
    {
        var absent = _posts.Values.Where(post => post.IsPresumed).ToArray();
        foreach (var post in absent)
        {
            _posts.Remove(post.Actor);
            _lost[post.Actor] = new Loss(now, Left: false);
        }

        return absent.Length > 0;
    }

    /// <summary>A life of a node is there: what an earlier one was presumed to run is lost.</summary>
    public void OnHere(NodeLife node, TimeSpan now)
    {
        foreach (var post in _posts.Values.Where(post => post.IsPresumed && post.Node.Name == node.Name && post.Node.Life < node.Life).ToArray())
        {
            _posts.Remove(post.Actor);
            _lost[post.Actor] = new Loss(now, Left: false);
        }
    }

    /// <summary>True when this posting is in force and was not known to run.</summary>
    public bool OnReady(Posting posting, NodeLife node)
    {
        if (Find(posting.Actor) is not { IsReady: false } post || post.Incarnation != posting.Incarnation || !post.Node.IsSame(node))
        {
            return false;
        }

        _posts[posting.Actor] = post with { IsReady = true };
        return true;
    }

    /// <summary>A node's life is over. True when an actor ran there.</summary>
    public bool OnDown(NodeLife node, bool left, TimeSpan now)
    {
        var gone = _posts.Values.Where(post => post.Node.IsSame(node)).ToArray();
        foreach (var post in gone)
        {
            _posts.Remove(post.Actor);
            _lost[post.Actor] = new Loss(now, left);
        }

        return gone.Length > 0;
    }

    /// <summary>Gives actors to nodes as far as it is time.</summary>
    /// <param name="nodes">Nodes that can take part.</param>
    /// <param name="now">The time.</param>
    /// <param name="nextLife">Numbers for actors' lives.</param>
    /// <returns>What is new.</returns>
    public IReadOnlyList<Post> Fill(IReadOnlyCollection<NodeLife> nodes, TimeSpan now, Func<long> nextLife)
    {
        var added = new List<Post>();
        foreach (var worker in nodes.Where(node => node.Name.Role == Role.Worker && !_posts.ContainsKey(node.Name)))
        {
            added.Add(Add(worker.Name, worker, nextLife()));
        }

        var serverNodes = nodes.Where(node => node.Name.Role == Role.Server).OrderBy(node => node.Name.Index).ToArray();
        foreach (var server in Missing.ToArray())
        {
            if (NodeFor(server, serverNodes, now) is { } node)
            {
                added.Add(Add(server, node, nextLife()));
            }
        }

        return added;
    }

    /// <summary>How long ago the actor lost its node; null where it has one or never had.</summary>
    public TimeSpan? LostFor(ActorId actor, TimeSpan now) =>
        !_posts.ContainsKey(actor) && _lost.TryGetValue(actor, out var loss) ? now - loss.At : null;

    private Post Add(ActorId actor, NodeLife node, long life)
    {
        _lost.Remove(actor);
        return _posts[actor] = new Post(actor, life, node, IsReady: false);
    }

    private NodeLife? NodeFor(ActorId server, NodeLife[] nodes, TimeSpan now)
    {
        if (nodes.FirstOrDefault(node => node.Name == server) is { } own)
        {
            return own;
        }

        var isFree = !_lost.TryGetValue(server, out var loss) || loss.Left || now - loss.At >= replaceAfter;
        var least = nodes.MinBy(node => On(node.Name).Count);
        return isFree ? least : null;
    }

    private readonly record struct Loss(TimeSpan At, bool Left);
}

/// <summary>One actor's life on one node's life.</summary>
internal sealed record Post(ActorId Actor, long Incarnation, NodeLife Node, bool IsReady)
{
    /// <summary>Nobody of this node has been seen yet: others have told of it.</summary>
    public bool IsPresumed { get; init; }

    public Posting Posting => new(Actor, Incarnation);
}
