using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// Tensors between nodes, each pair on a connection of its own: workers open them to servers, servers to the coordinator's node. Who lives,
/// and where, it is told.
/// </summary>
/// <param name="tls">How connections are made.</param>
/// <param name="token">What they are admitted by.</param>
/// <param name="pool">Of this node.</param>
/// <param name="memory">Where its tensors are, for nodes on the same machine; null: tensors travel.</param>
/// <param name="deliver">Takes what arrives over; a <see cref="WireException"/> from it ends the connection.</param>
/// <param name="broken">Told when a link with a life that is still there has broken.</param>
/// <param name="fail">Told of what must not happen.</param>
/// <param name="log">Hears of links.</param>
/// <param name="faults">What goes wrong on purpose; null: nothing.</param>
internal sealed class DataPlane(
    Tls tls,
    JoinToken token,
    TensorPool pool,
    SharedMemory? memory,
    Action<Envelope> deliver,
    Action<LinkBroken> broken,
    Action<Exception> fail,
    ILogger log,
    NodeFaults? faults = null) : IAsyncDisposable
{
    /// <summary>Tensors that may wait for one node: many times what one step of a large network brings.</summary>
    private const long MostWaitingBytes = 1L << 30;

    /// <summary>A connection that nobody makes, or that comes from a life that nobody names, is given up after this.</summary>
    private static readonly TimeSpan MeetLimit = TimeSpan.FromSeconds(10);

    /// <summary>News of a node's end may come a little after its connection has broken.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Dictionary<ActorId, DataLink> _links = [];
    private readonly HashSet<DataLink> _met = [];
    private NodeLife _self = null!;

    /// <summary>Bytes that wait to be sent, to all.</summary>
    public long Waiting
    {
        get
        {
            lock (_lock)
            {
                return _links.Values.Sum(link => link.Waiting);
            }
        }
    }

    /// <summary>Whether this node has a life, so that others may have heard of it.</summary>
    public bool HasBegun
    {
        get
        {
            lock (_lock)
            {
                return _self is not null;
            }
        }
    }

    /// <summary>This node's life; links of an earlier one end.</summary>
    public void Begin(NodeLife self)
    {
        lock (_lock)
        {
            _self = self;
        }

        faults?.Begin(self.Name);
        Meet([]);
    }

    /// <summary>The nodes to exchange tensors with from now on. Links with others end.</summary>
    public void Meet(IReadOnlyCollection<Peer> peers)
    {
        lock (_lock)
        {
            foreach (var link in _links.Values.Where(link => IsObsolete(link, peers)).ToArray())
            {
                Remove(link);
            }

            foreach (var peer in peers.Where(peer => peer.Node != _self.Name && AreLinked(peer.Node.Role, _self.Name.Role)))
            {
                Meet(peer);
            }
        }
    }

    /// <summary>Takes the envelope over; dropped where that life is not, or no longer, known. Does not wait.</summary>
    public void Send(ActorId node, long life, Envelope envelope)
    {
        DataLink? link;
        lock (_lock)
        {
            link = _links.GetValueOrDefault(node);
        }

        if (link?.Life == life)
        {
            link.Send(envelope);
        }
        else
        {
            LinkQueue.Discard(envelope);
        }
    }

    /// <summary>Serves a connection of a node that has said hello and whose token is right, on its own thread, until it ends.</summary>
    public async Task ServeAsync(Stream stream, Hello hello, CancellationToken cancellationToken)
    {
        var node = new ActorId(hello.Role, Math.Max(0, hello.Index));
        if (faults?.Separates(_self.Name, node) == true)
        {
            return;
        }

        var link = LinkFor(node, hello.Life);
        if (link is null)
        {
            await FrameConnection.RefuseAsync(stream, "a newer life of that node is here").ConfigureAwait(false);
            return;
        }

        var connection = FrameConnection.Welcomed(stream, pool, FrameLimits.Default);
        await connection.SayAsync(_self.Name, new Welcome(hello.Index, hello.Life, _self.Life), cancellationToken).ConfigureAwait(false);
        await RunAsync(link, connection).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        DataLink[] links;
        lock (_lock)
        {
            links = [.. _links.Values];
            _links.Clear();
        }

        foreach (var link in links)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Workers open connections to servers, servers to the coordinator's node; nobody else has tensors for the other.</summary>
    private static bool AreLinked(Role one, Role other) => Math.Abs(Rank(one) - Rank(other)) == 1;

    private static int Rank(Role role) => role switch
    {
        Role.Worker => 2,
        Role.Server => 1,
        _ => 0,
    };

    private static bool IsOf(DataLink link, Peer peer) => peer.Node == link.Node && peer.NodeLife == link.Life;

    /// <summary>A link that was opened to this node before it had heard of the other is not obsolete for that.</summary>
    private bool IsObsolete(DataLink link, IReadOnlyCollection<Peer> peers) =>
        !peers.Any(peer => IsOf(link, peer)) && (_met.Contains(link) || peers.Any(peer => peer.Node == link.Node && peer.NodeLife > link.Life));

    private void Meet(Peer peer)
    {
        if (!_links.TryGetValue(peer.Node, out var link))
        {
            link = Add(peer.Node, peer.NodeLife);
            if (Rank(_self.Name.Role) > Rank(peer.Node.Role))
            {
                _ = OwnThread.RunAsync($"from {peer.Node}", () => OpenAsync(link, peer.Address));
            }
        }

        _met.Add(link);
    }

    /// <summary>The link that a connection from that life belongs to; null where a newer life is known.</summary>
    private DataLink? LinkFor(ActorId node, long life)
    {
        lock (_lock)
        {
            var link = _links.GetValueOrDefault(node);
            if (link is not null && link.Life < life)
            {
                Remove(link);
                link = null;
            }

            link ??= Add(node, life);
            return link.Life == life ? link : null;
        }
    }

    private DataLink Add(ActorId node, long life)
    {
        // A tensor that is to come to harm on its way must travel.
        var shared = faults?.Concerns(_self.Name, node) == true ? null : memory;
        var link = new DataLink(node, life, MostWaitingBytes, shared, deliver, OnBroken);
        _links[node] = link;
        _ = ExpectAsync(link);
        return link;
    }

    private void Remove(DataLink link)
    {
        _links.Remove(link.Node);
        _met.Remove(link);
        _ = link.DisposeAsync().AsTask();
    }

    private Task RunAsync(DataLink link, FrameConnection connection)
    {
        log.LinkUp(link.Node, link.Life);
        faults?.Disturb(connection, ConnectionKind.Data, _self.Name, link.Node);
        return link.RunAsync(connection);
    }

    private async Task OpenAsync(DataLink link, string address)
    {
        var self = _self;
        var hello = new Hello(WireProtocol.Version, ConnectionKind.Data, token.Text, self.Name.Role, self.Name.Index, self.Life, self.Card);
        while (!link.End.IsCancellationRequested)
        {
            try
            {
                faults?.RequireWay(self.Name, link.Node);
                var (connection, welcome) = await FrameConnection.OpenAsync(
                    ClusterAddress.Parse(address, "--advertise"), tls, hello, pool, FrameLimits.Default, link.End).ConfigureAwait(false);
                if (welcome.PeerLife != link.Life)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                    link.Break($"another life answers at {address}");
                    return;
                }

                await RunAsync(link, connection).ConfigureAwait(false);
                return;
            }
            catch (Exception) when (link.End.IsCancellationRequested)
            {
                return;
            }
            catch (IOException)
            {
                link.End.WaitHandle.WaitOne(Retry);
            }
            catch (RefusedException e)
            {
                link.Break($"refused: {e.Message}");
            }
            catch (Exception e)
            {
                fail(e);
                return;
            }
        }
    }

    /// <summary>No link waits for ever for its connection, or for somebody to name the life that made it.</summary>
    private async Task ExpectAsync(DataLink link)
    {
        await Task.Delay(MeetLimit).ConfigureAwait(false);
        lock (_lock)
        {
            if (_links.GetValueOrDefault(link.Node) != link || (link.IsAttached && _met.Contains(link)))
            {
                return;
            }
        }

        link.Break(FormattableString.Invariant($"no connection for {MeetLimit.TotalSeconds:F0} s"));
    }

    /// <summary>Of a life that has ended nobody need hear; a link that breaks although both live must not be waited for.</summary>
    private async void OnBroken(DataLink link, string reason)
    {
        log.LinkDown(link.Node, link.Life, reason);
        await Task.Delay(Grace).ConfigureAwait(false);
        lock (_lock)
        {
            if (_links.GetValueOrDefault(link.Node) != link)
            {
                return;
            }

            if (!_met.Contains(link))
            {
                Remove(link);
                return;
            }
        }

        broken(new LinkBroken(link.Node, link.Life, ShortText.Of(reason)));
    }
}
