using System.Net;
using System.Net.Sockets;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.AspNetCore.Builder;
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
    private readonly CoordinatorSeat? _seat;
    private readonly MemberNode? _member;

    private Node(NodeOptions options, LogBuffer recent, ILogger log)
    {
        _options = options;
        _log = log = new PlacedLog(log, Place);
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
        (_control, var runner) = options.Engine.Create(new ControlContext(options, card, _door.Address.Port, tls, lives, _pool, _faults, log));
        var parts = new NodeParts
        {
            Pool = _pool,
            Control = _control,
            Runner = runner,
            Data = _data,
            Log = log,
            Directory = options.Directory,
            Threads = options.Threads ?? Environment.ProcessorCount,
            Fail = Fail,
            Faults = _faults,
        };
        var clients = new NodeClients(tls, options.Token);
        if (options.Role == Role.Coordinator)
        {
            var director = DirectorOptions();
            _seat = new CoordinatorSeat(options.Directory, lives, () => new Director(parts, director, lives, TimeProvider.System, clients), Fail);
            _http = new NodeHttp(options.Token, recent, Answers(new CoordinatorApi(_seat, recent, clients, options.DataRoot).Map), () => _control.IsMember);
        }
        else
        {
            _member = new MemberNode(parts, clients, options.DataRoot);
            _http = new NodeHttp(options.Token, recent, Answers(new MemberApi(_member).Map), () => _member.IsReady);
        }
    }

    /// <summary>Where others reach this node.</summary>
    public ClusterAddress Address { get; }

    /// <summary>Ends when this node has a name in its cluster, with it.</summary>
    public Task<ActorId> Named => _member?.Named ?? Task.FromResult(ActorId.Coordinator);

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
        node._control.Start(node._seat ?? (IControlListener)node._member!);
        node._log.Listens(node.RoleText, node.Address);
        return node;
    }

    /// <summary>Tells the others that this node ends; <see cref="DisposeAsync"/> ends it.</summary>
    public Task LeaveAsync() => _control.LeaveAsync();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _http.DisposeAsync().ConfigureAwait(false);
        await _control.DisposeAsync().ConfigureAwait(false);
        await (_seat?.DisposeAsync() ?? default).ConfigureAwait(false);
        await (_member?.DisposeAsync() ?? default).ConfigureAwait(false);
        await _data.DisposeAsync().ConfigureAwait(false);
        await _door.DisposeAsync().ConfigureAwait(false);
        _faults?.Dispose();
        _end.Dispose();
    }

    private LogPlace Place() =>
        _seat?.Place ?? _member?.Place ?? new LogPlace(_options.Index < 0 ? RoleText : new ActorId(_options.Role, _options.Index).ToString());

    private string RoleText => _options.Role.ToString().ToLowerInvariant();

    private DirectorOptions DirectorOptions() => new(
        _options.Runs ?? Path.Combine(_options.Directory, "runs"), _options.DataRoot, _options.ReplaceAfter, _options.AllowsMixedArithmetic, _options.Times.Silence)
    {
        RunFinished = _options.RunFinished,
        Watcher = WatcherPair.Of(_options.Watcher, _control as IClusterWatcher),
    };

    /// <summary>What a node of its role answers, and its control plane.</summary>
    private Action<WebApplication> Answers(Action<WebApplication> ofRole) => ofRole + ((_control as IControlHttp) is { } control ? control.Map : null);

    /// <summary>
    /// A node that listens on all addresses is reached at the one that the coordinator sees. Nobody needs that of the coordinator itself:
    /// the others reach it where they have joined it.
    /// </summary>
    private ClusterAddress AdvertisedAddress()
    {
        var host = _options.Advertise
            ?? (!_options.Listen.IsAny ? _options.Listen.Host : _options.Join is [var join, ..] && _seat is null ? RouteTo.Find(join) : Dns.GetHostName());
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
                await ((IControlDoor)_control).ServeAsync(incoming.Stream, hello, _pool, _end.Token).ConfigureAwait(false);
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
        : hello.Kind == ConnectionKind.Control && _control is not IControlDoor ? "nodes do not join here: it is not the coordinator's, or its cluster runs another control plane; give the same --control everywhere"
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
            _seat!.Deliver(envelope);
        }
    }

    private void OnLinkBroken(LinkBroken broken)
    {
        if (_seat is not null)
        {
            _seat.OnLinkBroken(broken);
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
