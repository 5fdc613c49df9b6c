using System.Net.Sockets;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>A stream of frames both ways, and how it begins: the opener says hello, the other welcomes or refuses.</summary>
internal sealed class FrameConnection : IDisposable, IAsyncDisposable
{
    /// <summary>Before its token is known a peer may send this much and no tensor.</summary>
    private static readonly FrameLimits HelloLimits = new(MaxHeaderBytes: 16 * 1024, MaxPayloadBytes: 0, MaxListEntries: 0);

    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    private readonly Stream _stream;
    private FaultyWrites? _faulty;

    private FrameConnection(Stream stream, TensorPool pool, FrameLimits limits)
    {
        _stream = stream;
        Reader = new FrameReader(stream, pool, limits);
        Writer = new FrameWriter(stream);
    }

    public FrameReader Reader { get; }

    public FrameWriter Writer { get; private set; }

    /// <summary>Opens a connection and introduces this node. One for tensors must be opened on a thread of its own (<see cref="OwnThread"/>).</summary>
    /// <returns>The connection and the answer.</returns>
    /// <exception cref="RefusedException">The other node said no.</exception>
    /// <exception cref="IOException">There is nobody, or no handshake came about.</exception>
    public static async Task<(FrameConnection Connection, Welcome Welcome)> OpenAsync(
        ClusterAddress to, Tls tls, Hello hello, TensorPool pool, FrameLimits limits, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HandshakeLimit);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await using var late = limit.Token.Register(socket.Dispose);
        Stream? stream = null;
        try
        {
            stream = await tls.ConnectAsync(await ConnectAsync(socket, to, hello.Kind, limit.Token).ConfigureAwait(false), to.Host, limit.Token).ConfigureAwait(false);
            var connection = new FrameConnection(stream, pool, limits);
            await connection.SayAsync(new ActorId(hello.Role, Math.Max(0, hello.Index)), hello, limit.Token).ConfigureAwait(false);
            return (connection, await connection.HearWelcomeAsync(limit.Token).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            stream?.Dispose();
            socket.Dispose();
            throw e switch
            {
                RefusedException => e,
                OperationCanceledException or ObjectDisposedException or SocketException or IOException
                    when limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested => new IOException($"{to} does not answer", e),
                SocketException or WireException or System.Security.Authentication.AuthenticationException => new IOException($"{to}: {e.Message}", e),
                _ => e,
            };
        }
    }

    /// <summary>Reads the hello of a connection that somebody opened. The next step is <see cref="Welcomed"/> or <see cref="RefuseAsync"/>.</summary>
    /// <exception cref="WireException">It began with something else.</exception>
    /// <exception cref="OperationCanceledException">It did not come in time.</exception>
    public static async Task<Hello> HearHelloAsync(Stream stream, TensorPool pool, TimeSpan within, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within);
        await using var late = limit.Token.Register(stream.Dispose);
        var first = await new FrameReader(stream, pool, HelloLimits).ReadAsync(limit.Token).ConfigureAwait(false);
        return first is Envelope<Hello> hello ? hello.Message : throw new WireException("A connection did not begin with a hello.");
    }

    /// <summary>The connection, from now on; the opener waits for the welcome and has sent nothing after its hello.</summary>
    public static FrameConnection Welcomed(Stream stream, TensorPool pool, FrameLimits limits) => new(stream, pool, limits);

    /// <summary>Says no, and why; the connection is of no more use.</summary>
    public static async Task RefuseAsync(Stream stream, string reason)
    {
        using var limit = new CancellationTokenSource(HandshakeLimit);
        var writer = new FrameWriter(stream);
        await writer.WriteAsync(Envelope<Refused>.Rent(default, 0, default, new Refused(reason)), limit.Token).ConfigureAwait(false);
    }

    public ValueTask SayAsync<T>(ActorId from, T message, CancellationToken cancellationToken)
        where T : struct, IMessage => Writer.WriteAsync(Envelope<T>.Rent(from, 0, default, message), cancellationToken);

    /// <summary>From the next frame on, what is written meets the fate that it is given. Once, and while nobody writes.</summary>
    /// <param name="name">Of the connection.</param>
    /// <param name="fateOf">Decides on a frame of so many bytes.</param>
    public void Disturb(string name, Func<int, FrameFate> fateOf)
    {
        _faulty = new FaultyWrites(_stream, name, fateOf).Started();
        Writer = new FrameWriter(_faulty);
    }

    /// <summary>Ends the connection, whoever reads or writes.</summary>
    public void Dispose()
    {
        _faulty?.Dispose();
        _stream.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _faulty?.Dispose();
        return _stream.DisposeAsync();
    }

    /// <summary>A connection for tensors waits on the thread that opens it, others do not.</summary>
    private static async Task<Stream> ConnectAsync(Socket socket, ClusterAddress to, ConnectionKind kind, CancellationToken cancellationToken)
    {
        var stream = new SocketStream(socket);
        if (kind == ConnectionKind.Data)
        {
            socket.Connect(to.Host, to.Port);
            return stream;
        }

        stream.StopWaiting();
        await socket.ConnectAsync(to.Host, to.Port, cancellationToken).ConfigureAwait(false);
        return stream;
    }

    private async Task<Welcome> HearWelcomeAsync(CancellationToken cancellationToken) =>
        await Reader.ReadAsync(cancellationToken).ConfigureAwait(false) switch
        {
            Envelope<Welcome> welcome => welcome.Message,
            Envelope<Refused> refused => throw new RefusedException(refused.Message.Reason),
            _ => throw new IOException("the connection closed before an answer"),
        };
}

/// <summary>Another node did not admit this one; the message says why.</summary>
internal sealed class RefusedException(string reason) : Exception(reason);
