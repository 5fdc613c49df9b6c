using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using DistNet.Hosting;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// The one port of a node: frames of both planes and HTTP, told apart by their first bytes, all in TLS where there is a certificate.
/// Whoever connects and says nothing is shown out.
/// </summary>
internal sealed class Doorway : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Tls _tls;
    private readonly TimeSpan _greetingLimit;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private Task _accepting = Task.CompletedTask;

    /// <param name="listen">Where; port 0: any that is free.</param>
    /// <param name="tls">How.</param>
    /// <param name="greetingLimit">How long whoever connects may say nothing.</param>
    /// <param name="log">Hears of connections that were refused.</param>
    /// <exception cref="UsageException">Nobody can listen there.</exception>
    public Doorway(ClusterAddress listen, Tls tls, TimeSpan greetingLimit, ILogger log)
    {
        _tls = tls;
        _greetingLimit = greetingLimit;
        _log = log;
        _listener = Bind(listen);
        Address = listen with { Port = ((IPEndPoint)_listener.LocalEndPoint!).Port };
        if (!tls.Listens && !listen.IsLoopback)
        {
            log.ListensInTheOpen(Address);
        }
    }

    /// <summary>Where it listens.</summary>
    public ClusterAddress Address { get; }

    /// <summary>Lets connections in, from now on.</summary>
    /// <param name="frames">Takes those that bring frames, for their whole life.</param>
    /// <param name="http">Takes all others.</param>
    public void Open(Func<Incoming, Task> frames, Action<Incoming> http) => _accepting = Task.Run(() => AcceptAllAsync(frames, http));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        _closing.Dispose();
    }

    private static Socket Bind(ClusterAddress listen)
    {
        Socket? socket = null;
        try
        {
            var ip = Resolve(listen.Host);
            socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (ip.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(ip, listen.Port));
            socket.Listen(512);
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new UsageException($"--listen: cannot listen on {listen}: {e.Message}");
        }
    }

    private static IPAddress Resolve(string host) =>
        host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var ip) ? ip
        : Dns.GetHostAddresses(host)[0];

    private async Task AcceptAllAsync(Func<Incoming, Task> frames, Action<Incoming> http)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false);
                _ = OwnThread.RunAsync("connection", () => ReceiveAsync(socket, frames, http));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Such as too many open files: others are served meanwhile, and the next one may be let in.
                _log.AcceptFailed(e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
            }
        }
    }

    private async Task ReceiveAsync(Socket socket, Func<Incoming, Task> frames, Action<Incoming> http)
    {
        var from = socket.RemoteEndPoint;
        var own = new SocketStream(socket);
        var said = false;
        Stream stream = own;
        try
        {
            socket.NoDelay = true;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            limit.CancelAfter(_greetingLimit);
            await using var shownOut = limit.Token.Register(socket.Dispose);
            (stream, var isTrusted) = await _tls.AcceptAsync(stream, limit.Token).ConfigureAwait(false);
            var first = new byte[FrameSniffer.Length];
            await stream.ReadExactlyAsync(first, limit.Token).ConfigureAwait(false);
            await shownOut.DisposeAsync().ConfigureAwait(false);
            said = true;
            var incoming = new Incoming(new PrefixedStream(stream, first), own, from, isTrusted);
            if (!FrameSniffer.IsFrame(first))
            {
                own.StopWaiting();
                http(incoming);
                return;
            }

            await frames(incoming).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            if (!_closing.IsCancellationRequested)
            {
                _log.ConnectionRefused(from, said ? e.Message : $"it said nothing that makes sense: {e.Message}");
            }

            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
