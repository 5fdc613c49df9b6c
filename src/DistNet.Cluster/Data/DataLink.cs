using System.Net.Sockets;
using System.Runtime.CompilerServices;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>
/// Tensors to and from one life of another node, over one connection. Messages wait until it is there. A link that breaks is of no more
/// use: what was on the way is lost, and one of the two lives with it.
/// </summary>
/// <param name="node">The other node.</param>
/// <param name="life">Its life.</param>
/// <param name="mostBytes">Bytes that may wait for it.</param>
/// <param name="memory">Of this node, offered to the other; null: tensors travel.</param>
/// <param name="deliver">Takes what arrives over.</param>
/// <param name="broken">Told once, with the reason, when the link breaks by itself.</param>
internal sealed class DataLink(
    ActorId node, long life, long mostBytes, SharedMemory? memory, Action<Envelope> deliver, Action<DataLink, string> broken) : IAsyncDisposable
{
    private readonly MemorySharing _sharing = new(memory);
    private readonly LinkMeter _meter = new(node, new LinkQueue(mostBytes));
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isAttached;
    private int _isOver;

    public ActorId Node => node;

    public long Life => life;

    public bool IsAttached => Volatile.Read(ref _isAttached) != 0;

    public CancellationToken End => _end.Token;

    /// <summary>Bytes that wait to be sent.</summary>
    public long Waiting => _meter.Queue.Bytes;

    /// <summary>Takes the envelope over; does not wait.</summary>
    public void Send(Envelope envelope)
    {
        if (!_meter.Queue.TryAdd(envelope))
        {
            Break($"{mostBytes} bytes wait for it already: it does not read");
        }
    }

    /// <summary>
    /// Carries messages over the connection until it breaks or the link is disposed. Reads on the thread that calls it, which must be the
    /// connection's own, and writes on another. Owns the connection.
    /// </summary>
    public async Task RunAsync(FrameConnection connection)
    {
        if (Interlocked.Exchange(ref _isAttached, 1) != 0)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            return;
        }

        await using var ending = _end.Token.Register(connection.Dispose);
        var writing = OwnThread.RunAsync($"to {node}", () => WriteAsync(connection));
        try
        {
            await ReadAsync(connection).ConfigureAwait(false);
        }
        finally
        {
            await _end.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
            _sharing.End();
            _ended.TrySetResult();
        }
    }

    /// <summary>Gives the link up; the first reason counts.</summary>
    public void Break(string reason)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            _meter.Dispose();
            broken(this, reason);
        }

        _end.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _isOver, 1);
        _meter.Dispose();
        await _end.CancelAsync().ConfigureAwait(false);
        if (IsAttached)
        {
            await _ended.Task.ConfigureAwait(false);
        }
    }

    private static bool IsBreak(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or WireException or InvalidOperationException;

    private async Task ReadAsync(FrameConnection connection)
    {
        try
        {
            Action<Envelope> answer = Send;
            while (await connection.Reader.ReadAsync(_end.Token).ConfigureAwait(false) is { } envelope)
            {
                _meter.OnRead(connection.Reader);
                if (!_sharing.OnMessage(envelope, connection.Reader, answer))
                {
                    deliver(envelope);
                }
            }

            Break("it closed the connection");
        }
        catch (Exception e) when (IsBreak(e))
        {
            Break(e is WireException ? $"bad frame: {e.Message}" : e.Message);
        }
    }

    private async Task WriteAsync(FrameConnection connection)
    {
        try
        {
            if (memory is not null)
            {
                await connection.SayAsync(default, memory.Offer, _end.Token).ConfigureAwait(false);
            }

            while (true)
            {
                while (_meter.Queue.TryTake(out var envelope, out var since))
                {
                    await WriteAsync(connection.Writer, envelope, since).ConfigureAwait(false);
                }

                await connection.Writer.FlushAsync(_end.Token).ConfigureAwait(false);
                _meter.Queue.Wait(_end.Token);
            }
        }
        catch (Exception e) when (IsBreak(e))
        {
            Break(e.Message);
        }
    }

    /// <summary>Writes one message, which it takes over.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteAsync(FrameWriter writer, Envelope envelope, long since)
    {
        try
        {
            var isLent = _sharing.TryLend(envelope.Tensor, out var place);
            await (isLent ? writer.AddAsync(envelope, place, _end.Token) : writer.AddAsync(envelope, _end.Token)).ConfigureAwait(false);
            _meter.OnWritten(writer, isLent ? envelope.Tensor.Length * sizeof(float) : 0, since);
        }
        finally
        {
            LinkQueue.Discard(envelope);
        }
    }
}
