using System.Net;
using System.Net.Sockets;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>A node process: its door, its planes and what it is there for, put together.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly NodeOptions _options;
    private readonly ILogger _log;
    private readonly TensorPool _pool;
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly Doorway _door;
    private readonly DataPlane _data;
    private readonly NodeFaults? _faults;
    private readonly IControlPlane _control;
    private readonly NodeHttp _http;
    private readonly Director? _director;
    private readonly MemberNode? _member;

    private Node(NodeOptions options, LogBuffer recent, ILogger log)
    {
        _options = options;
        _log = log;
        Directory.CreateDirectory(options.Directory);
        var tls = new Tls(options.Tls);
        _door = new Doorway(options.Listen, tls, options.GreetingLimit, log);
        Address = AdvertisedAddress();
        var card = new NodeCard(Address.ToString(), Dns.GetHostName(), Environment.ProcessId, ArithmeticProbe.Hash());
        var memory = options.SharesMemory ? SharedMemory.TryCreate() : null;
        _pool = new TensorPool(memory: memory);
        _faults = options.Faults is { } plan ? new NodeFaults(plan, options.Directory, TimeProvider.System, log) : null;
        _data = new DataPlane(tls, options.Token, _pool, memory, Deliver, OnLinkBroken, Fail, log, _faults);
        var lives = new LifeNumbers(TimeProvider.System);
        _control = CreateControl(card, tls, lives);
        var parts = new NodeParts
        {
            Pool = _pool,
            Control = _control,
            Data = _data,
            Log = log,
            Directory = options.Directory,
            Threads = options.Threads ?? Environment.ProcessorCount,
            Fail = Fail,
            Faults = _faults,
        };
        if (options.Role == Role.Coordinator)
        {
            var runs = options.Runs ?? Path.Combine(options.Directory, "runs");
            var director = new DirectorOptions(runs, options.DataRoot, options.ReplaceAfter, options.AllowsMixedArithmetic, options.Times.Silence)
            {
                RunFinished = options.RunFinished,
                Watcher = options.Watcher,
            };
            _director = new Director(parts, director, lives, TimeProvider.System);
            _http = new NodeHttp(options.Token, recent, new CoordinatorApi(_director, recent, new NodeClients(tls, options.Token), options.DataRoot), () => true);
        }
        else
        {
            var loader = new RemoteData(options.Join!.Value, new NodeClients(tls, options.Token), options.DataRoot);
            _member = new MemberNode(parts, loader.LoadAsync);
            _http = new NodeHttp(options.Token, recent, null, () => _member.IsReady);
        }
    }

    /// <summary>Where others reach this node.</summary>
    public ClusterAddress Address { get; }

    /// <summary>Ends, with the reason, when the node cannot go on.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>Starts a node.</summary>
    /// <param name="options">Which.</param>
    /// <param name="recent">What it has logged lately, for those who ask from elsewhere.</param>
    /// <param name="log">Where it logs.</param>
    /// <exception cref="UsageException">It cannot start like that.</exception>
    public static async Task<Node> StartAsync(NodeOptions options, LogBuffer recent, ILogger log)
    {
        var node = new Node(options, recent, log);
        await node._http.StartAsync().ConfigureAwait(false);
        node._door.Open(node.ReceiveAsync, node._http.Enter);
        node._control.Start(node._director ?? (IControlListener)node._member!);
        log.Listens(options.Role.ToString().ToLowerInvariant(), node.Address);
        return node;
    }

    /// <summary>Tells the others that this node ends; <see cref="DisposeAsync"/> ends it.</summary>
    public Task LeaveAsync() => _control.LeaveAsync();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _http.DisposeAsync().ConfigureAwait(false);
        await _control.DisposeAsync().ConfigureAwait(false);
        await (_director?.DisposeAsync() ?? default).ConfigureAwait(false);
        await (_member?.DisposeAsync() ?? default).ConfigureAwait(false);
        await _data.DisposeAsync().ConfigureAwait(false);
        await _door.DisposeAsync().ConfigureAwait(false);
        _faults?.Dispose();
        _end.Dispose();
    }

    private IControlPlane CreateControl(NodeCard card, Tls tls, LifeNumbers lives)
    {
        if (_options.Role != Role.Coordinator)
        {
            var hello = new Hello(WireProtocol.Version, ConnectionKind.Control, _options.Token.Text, _options.Role, _options.Index, 0, card);
            return new ControlClient(_options.Join!.Value, tls, hello, _pool, _options.Times, TimeProvider.System, _log, _faults);
        }

        var register = new NodeRegister(_options.AllowsMixedArithmetic ? null : card.Probe, WireProtocol.Version, lives);
        return new ControlServer(new NodeLife(ActorId.Coordinator, lives.Next(), card), register, _options.Times, TimeProvider.System, _log, _faults);
    }

    /// <summary>
    /// A node that listens on all addresses is reached at the one that the coordinator sees. Nobody needs that of the coordinator itself:
    /// the others reach it where they have joined it.
    /// </summary>
    private ClusterAddress AdvertisedAddress()
    {
        var host = _options.Advertise
            ?? (!_options.Listen.IsAny ? _options.Listen.Host : _options.Join is { } join ? RouteTo.Find(join) : Dns.GetHostName());
        return ClusterAddress.TryParse(host, out var whole) && host.Contains(':') && !IPAddress.TryParse(host, out _)
            ? whole
            : new ClusterAddress(host, _door.Address.Port);
    }

    private async Task ReceiveAsync(Incoming incoming)
    {
        try
        {
            var hello = await FrameConnection.HearHelloAsync(incoming.Stream, _pool, _options.GreetingLimit, _end.Token).ConfigureAwait(false);
            if (ReasonToRefuse(incoming, hello) is { } refusal)
            {
                _log.ConnectionRefused(incoming.From, refusal);
                await FrameConnection.RefuseAsync(incoming.Stream, refusal).ConfigureAwait(false);
            }
            else if (hello.Kind == ConnectionKind.Data)
            {
                await _data.ServeAsync(incoming.Stream, hello, _end.Token).ConfigureAwait(false);
            }
            else
            {
                incoming.Socket.StopWaiting();
                await ((ControlServer)_control).ServeAsync(incoming.Stream, hello, _pool, _end.Token).ConfigureAwait(false);
            }
        }
        catch (WireException e)
        {
            _log.ConnectionRefused(incoming.From, e.Message);
        }
        catch (Exception e) when (e is not (IOException or SocketException or OperationCanceledException or ObjectDisposedException))
        {
            Fail(e);
        }
        finally
        {
            await incoming.Stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private string? ReasonToRefuse(Incoming incoming, in Hello hello) =>
        !incoming.IsTrusted ? "it came without a certificate"
        : !_options.Token.Admits(hello.Token) ? "its token is wrong"
        : hello.Protocol != WireProtocol.Version ? $"it speaks version {hello.Protocol} of the protocol, this node {WireProtocol.Version}; run the same version of distnet everywhere"
        : hello.Kind == ConnectionKind.Control && _control is not ControlServer ? "this node is not the coordinator's"
        : hello.Kind == ConnectionKind.Data && !_data.HasBegun ? "this node is no part of a cluster yet"
        : null;

    private void Deliver(Envelope envelope)
    {
        if (_member is not null)
        {
            _member.Deliver(envelope);
        }
        else
        {
            _director!.Deliver(envelope);
        }
    }

    private void OnLinkBroken(LinkBroken broken)
    {
        if (_director is not null)
        {
            _director.OnLinkBroken(broken);
        }
        else
        {
            _control.Send(ActorId.Coordinator, Envelope<LinkBroken>.Rent(default, 0, ActorId.Coordinator, broken));
        }
    }

    private void Fail(Exception e)
    {
        if (_failed.TrySetResult(e))
        {
            _log.Fails(e.Message);
        }
    }
}
