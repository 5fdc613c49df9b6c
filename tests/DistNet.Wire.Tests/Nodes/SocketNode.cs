using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DistNet.Hosting;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Wire.Tests;

/// <summary>
/// One node: its actors on a host of their own, its directory, and sockets to the others. A stand-in for a node process: it knows who is
/// where without asking, believes whoever connects, and is told who lives.
/// </summary>
internal sealed class SocketNode : IRemoteActors, IDisposable
{
    private readonly TensorPool _pool = new(recycle: false);
    private readonly NodeStorage _storage;
    private readonly ActorHost _host;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<EndPoint, SocketLink> _links = new();
    private readonly ConcurrentBag<TcpClient> _incoming = [];
    private readonly Func<ActorId, EndPoint?> _whereIs;
    private readonly Thread _thread;

    /// <param name="directory">The node's own.</param>
    /// <param name="incarnation">The node's life.</param>
    /// <param name="actors">What runs here; given the pool.</param>
    /// <param name="createRunner">Null: nobody computes here.</param>
    /// <param name="whereIs">Null: nowhere.</param>
    /// <param name="observe">Told of observations.</param>
    public SocketNode(
        string directory,
        long incarnation,
        Func<TensorPool, IReadOnlyList<(ActorId Id, IActor Actor)>> actors,
        Func<IComputeTeam, IWorkRunner>? createRunner,
        Func<ActorId, EndPoint?> whereIs,
        Action<Envelope> observe)
    {
        Incarnation = incarnation;
        _whereIs = whereIs;
        _storage = new NodeStorage(directory);
        var options = new ActorHostOptions(createRunner is null ? 0 : 1, 1, createRunner ?? (_ => throw new InvalidOperationException()), observe, this);
        _host = new ActorHost(options, _storage, _pool, TimeProvider.System);
        var all = actors(_pool);
        Actors = [.. all.Select(actor => actor.Id)];
        foreach (var (id, actor) in all)
        {
            _host.Add(id, actor, incarnation);
        }

        _listener.Start();
        _ = Task.Run(AcceptAsync);
        _thread = new Thread(Run) { IsBackground = true };
    }

    public long Incarnation { get; }

    public IReadOnlyList<ActorId> Actors { get; }

    public EndPoint EndPoint => _listener.LocalEndpoint;

    /// <summary>What ended the node before it was told to; null: nothing.</summary>
    public Exception? Failure { get; private set; }

    public void Start() => _thread.Start();

    public void Hear(SocketNode peer, bool isUp)
    {
        foreach (var actor in peer.Actors)
        {
            if (isUp)
            {
                _host.PeerUp(actor, peer.Incarnation);
            }
            else
            {
                _host.PeerDown(actor, peer.Incarnation);
            }
        }
    }

    public void Send(Envelope envelope)
    {
        if (_whereIs(envelope.To) is { } place)
        {
            _links.GetOrAdd(place, static place => new SocketLink((IPEndPoint)place)).Send(envelope);
        }
        else
        {
            SocketLink.Drop(envelope);
        }
    }

    /// <summary>Ends the node, its connections first, as a kill would.</summary>
    public void Dispose()
    {
        _listener.Stop();
        _incoming.ToList().ForEach(client => client.Dispose());
        _host.End();
        _thread.Join(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        _host.Dispose();
        _links.Values.ToList().ForEach(link => link.Dispose());
        _storage.Dispose();
    }

    private void Run()
    {
        try
        {
            _host.Run();
        }
        catch (Exception e)
        {
            Failure = e;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _incoming.Add(client);
                _ = Task.Run(() => ReadAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The node ends.
        }
    }

    private async Task ReadAsync(TcpClient client)
    {
        try
        {
            var reader = new FrameReader(client.GetStream(), _pool, FrameLimits.Default);
            while (await reader.ReadAsync(default) is { } envelope)
            {
                _host.Deliver(envelope);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException or WireException)
        {
            // The connection ends, and with it what was on the way.
        }
    }
}
