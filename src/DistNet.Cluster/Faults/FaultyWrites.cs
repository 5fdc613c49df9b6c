using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>
/// The writing side of a connection on which frames are held up, repeated, damaged or lost, as bytes. Frames leave in order, on a thread of
/// this object. Owns the stream below.
/// </summary>
/// <param name="inner">Where frames go.</param>
/// <param name="name">Of the connection.</param>
/// <param name="fateOf">Decides on a frame of so many bytes.</param>
internal sealed class FaultyWrites(Stream inner, string name, Func<int, FrameFate> fateOf) : ConnectionStream
{
    /// <summary>Frames that wait to leave; then the writer does.</summary>
    private const int MostWaiting = 4096;

    private readonly ArrayBufferWriter<byte> _begun = new();
    private readonly BlockingCollection<(byte[] Frame, FrameFate Fate, long Due)> _leaving = new(MostWaiting);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Begins to send.</summary>
    public FaultyWrites Started()
    {
        _ = OwnThread.RunAsync(name, () =>
        {
            SendAll();
            return Task.CompletedTask;
        });
        return this;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _begun.Write(buffer);
        var all = _begun.WrittenSpan;
        var rest = all;
        while (FrameBytes.LengthOf(rest) is { } length && length <= rest.Length)
        {
            Leave(rest[..(int)length].ToArray());
            rest = rest[(int)length..];
        }

        Keep(rest, all.Length);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only written to.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _end.Cancel();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> rest, int all)
    {
        if (rest.Length < all)
        {
            var left = rest.ToArray();
            _begun.ResetWrittenCount();
            _begun.Write(left);
        }
    }

    private void Leave(byte[] frame)
    {
        var fate = fateOf(frame.Length);
        try
        {
            _leaving.Add((frame, fate, Environment.TickCount64 + (long)fate.By.TotalMilliseconds), _end.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new IOException("the connection has ended", e);
        }
    }

    private void SendAll()
    {
        try
        {
            foreach (var (frame, fate, due) in _leaving.GetConsumingEnumerable(_end.Token))
            {
                _end.Token.WaitHandle.WaitOne((int)Math.Max(0, due - Environment.TickCount64));
                Send(frame, fate);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Whoever reads from the connection sees its end too.
            Dispose();
        }
    }

    private void Send(byte[] frame, in FrameFate fate)
    {
        if (fate.IsDropped)
        {
            throw new IOException("a frame was lost");
        }

        if (fate.DamagedByte >= 0)
        {
            FrameBytes.Damage(frame, fate.DamagedByte);
        }

        for (var i = fate.IsRepeated ? 2 : 1; i > 0; i--)
        {
            inner.WriteAsync(frame, _end.Token).AsTask().GetAwaiter().GetResult();
        }

        inner.FlushAsync(_end.Token).GetAwaiter().GetResult();
    }
}
