using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace DistNet.Cluster;

/// <summary>Hands connections that bring HTTP to Kestrel, as if it had accepted them itself.</summary>
internal sealed class HttpDoor : IConnectionListenerFactory, IConnectionListener
{
    /// <summary>Item of a connection: whether it has shown the certificate that it must.</summary>
    public const string Trusted = "distnet-trusted";

    private readonly Channel<ConnectionContext> _arrived = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    public void Enter(Incoming incoming)
    {
        var connection = new HttpConnection(incoming);
        if (!_arrived.Writer.TryWrite(connection))
        {
            connection.Abort();
        }
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return ValueTask.FromResult<IConnectionListener>(this);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _arrived.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _arrived.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _arrived.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private sealed class HttpConnection : DefaultConnectionContext
    {
        private readonly Stream _stream;

        public HttpConnection(Incoming incoming)
            : base(Guid.NewGuid().ToString("N"))
        {
            _stream = incoming.Stream;
            RemoteEndPoint = incoming.From;
            Items[Trusted] = incoming.IsTrusted;
            Transport = new Duplex(PipeReader.Create(_stream), PipeWriter.Create(_stream));
        }

        public override void Abort(ConnectionAbortedException abortReason) => _stream.Dispose();

        public override async ValueTask DisposeAsync()
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
