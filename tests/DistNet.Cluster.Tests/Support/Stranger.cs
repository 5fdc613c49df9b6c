using System.Net.Sockets;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

/// <summary>Somebody who connects to a node and says whatever he likes.</summary>
internal sealed class Stranger : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly FrameReader _reader;

    private Stranger(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _reader = new FrameReader(_stream, new TensorPool(), FrameLimits.Default);
    }

    public static async Task<Stranger> ConnectAsync(ClusterAddress to)
    {
        var client = new TcpClient();
        await client.ConnectAsync(to.Host, to.Port);
        return new Stranger(client);
    }

    /// <summary>One who knows how to introduce himself.</summary>
    public static async Task<Stranger> IntroducedAsync(ClusterAddress to, Hello hello)
    {
        var stranger = await ConnectAsync(to);
        await stranger.SayAsync(hello);
        return stranger;
    }

    public async Task SayAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    public async Task SayAsync<T>(T message)
        where T : struct, IMessage => await SayAsync(Frame.Of(message));

    /// <summary>What he is told next; null: nothing any more.</summary>
    public async Task<Envelope?> HearAsync() => await _reader.ReadAsync(default).AsTask().WaitAsync(Deadline);

    /// <summary>Ends his side.</summary>
    public void Fall() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Waits until the other side has ended the connection.</summary>
    public async Task ShownOutAsync()
    {
        try
        {
            var buffer = new byte[4096];
            while (await _stream.ReadAsync(buffer).AsTask().WaitAsync(Deadline) > 0)
            {
                // What it says before is of no interest.
            }
        }
        catch (IOException)
        {
            // That is an end too.
        }
    }

    public void Dispose() => _client.Dispose();
}
