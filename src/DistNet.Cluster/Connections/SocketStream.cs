using System.Net.Sockets;

namespace DistNet.Cluster;

/// <summary>
/// A socket as a stream that either waits on its own thread or does not. A thread that waits in the system is woken by it directly, which
/// moves tensors about twice as fast as going through the runtime's event loop and thread pool; so connections of the tensor plane wait, each
/// on two threads of its own, and all others do not. Begins as one that waits. A socket that has not waited once cannot wait any more.
/// </summary>
internal sealed class SocketStream(Socket socket) : ConnectionStream
{
    private bool _waits = true;

    /// <summary>From now on nobody waits in a call.</summary>
    public void StopWaiting() => _waits = false;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _waits ? ValueTask.FromResult(Receive(buffer.Span)) : ReceiveAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_waits)
        {
            return SendAllAsync(buffer, cancellationToken);
        }

        SendAll(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => Receive(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => SendAll(buffer.AsSpan(offset, count));

    /// <summary>Also ends a wait of another thread.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private static IOException Broken(SocketException e) => new(e.Message, e);

    private int Receive(Span<byte> buffer)
    {
        try
        {
            return socket.Receive(buffer);
        }
        catch (SocketException e)
        {
            throw Broken(e);
        }
    }

    private void SendAll(ReadOnlySpan<byte> buffer)
    {
        try
        {
            while (!buffer.IsEmpty)
            {
                buffer = buffer[socket.Send(buffer)..];
            }
        }
        catch (SocketException e)
        {
            throw Broken(e);
        }
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw Broken(e);
        }
    }

    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            while (!buffer.IsEmpty)
            {
                buffer = buffer[await socket.SendAsync(buffer, cancellationToken).ConfigureAwait(false)..];
            }
        }
        catch (SocketException e)
        {
            throw Broken(e);
        }
    }
}
