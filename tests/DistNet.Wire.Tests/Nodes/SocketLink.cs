using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using DistNet.Protocol;

namespace DistNet.Wire.Tests;

/// <summary>Frames to one other node, in order, until its connection breaks; what comes then is dropped.</summary>
internal sealed class SocketLink : IDisposable
{
    private readonly Channel<Envelope> _queue = Channel.CreateUnbounded<Envelope>();
    private readonly Task _writing;

    public SocketLink(IPEndPoint to) => _writing = Task.Run(() => WriteAsync(to));

    public void Send(Envelope envelope)
    {
        if (!_queue.Writer.TryWrite(envelope))
        {
            Drop(envelope);
        }
    }

    public static void Drop(Envelope envelope)
    {
        envelope.Tensor.Release();
        envelope.Recycle();
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _writing.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    private async Task WriteAsync(IPEndPoint to)
    {
        try
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(to);
            var writer = new FrameWriter(client.GetStream());
            while (await _queue.Reader.WaitToReadAsync())
            {
                while (_queue.Reader.TryRead(out var envelope))
                {
                    try
                    {
                        await writer.AddAsync(envelope, default);
                    }
                    finally
                    {
                        Drop(envelope);
                    }
                }

                await writer.FlushAsync(default);
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var envelope))
            {
                Drop(envelope);
            }
        }
    }
}
