using DistNet.Cluster;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Benchmarks;

/// <summary>Over a control connection of the built-in plane. The coordinator's node answers from a <see cref="ControlChannel"/>.</summary>
internal sealed class BuiltInBeats : IBeats
{
    private readonly FrameConnection _connection;
    private long _number;

    private BuiltInBeats(FrameConnection connection) => _connection = connection;

    public static async Task<IBeats> StartAsync(LocalCluster cluster)
    {
        var limits = new FrameLimits(MaxPayloadBytes: 0);
        var (connection, _) = await FrameConnection.OpenAsync(cluster.Coordinators[0], new Tls(TlsOptions.None), BeatsHello.To(cluster), new TensorPool(), limits, CancellationToken.None);
        return new BuiltInBeats(connection);
    }

    public void Beat() => BeatAsync().GetAwaiter().GetResult();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task BeatAsync()
    {
        var beat = Envelope<Beat>.Rent(BeatsHello.Name, 0, default, new Beat(++_number, IsAnswer: false));
        await _connection.Writer.AddAsync(beat, CancellationToken.None).ConfigureAwait(false);
        beat.Recycle();
        await _connection.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        while (true)
        {
            var heard = await _connection.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false) ?? throw new IOException("The coordinator's node has closed the connection.");
            var isAnswer = heard is Envelope<Beat> { Message.IsAnswer: true };
            heard.Recycle();
            if (isAnswer)
            {
                return;
            }
        }
    }
}
