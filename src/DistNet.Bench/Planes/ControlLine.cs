using System.Diagnostics;
using DistNet.Cluster;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Bench;

/// <summary>A control connection, as nodes use it, with its signs of life. One side sends a small message back as it came.</summary>
internal sealed class ControlLine : IAsyncDisposable
{
    private readonly TensorPool _pool = new();
    private readonly ControlChannel _channel;
    private readonly SemaphoreSlim _answered = new(0);
    private readonly Task _running;
    private readonly bool _echoes;

    /// <param name="stream">The connection.</param>
    /// <param name="echoes">Whether this side sends back what it gets.</param>
    public ControlLine(Stream stream, bool echoes)
    {
        _echoes = echoes;
        var connection = FrameConnection.Welcomed(stream, _pool, new FrameLimits(MaxPayloadBytes: 0));
        _channel = new ControlChannel(connection, ActorId.Worker(0), ControlTimes.Default, TimeProvider.System);
        _running = _channel.RunAsync(ActorId.Coordinator, Deliver);
    }

    public RoundTrips Measure(int count)
    {
        var seconds = new double[count];
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            _channel.Send(Envelope<Applied>.Rent(ActorId.Server(0), 1, ActorId.Sequencer, new Applied(1, 0, i, 0.5)));
            _answered.Wait();
            seconds[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        Array.Sort(seconds);
        return new RoundTrips(count, seconds[count / 2], seconds[count * 99 / 100], seconds[^1]);
    }

    /// <summary>Answers until the other side has gone.</summary>
    public Task ServeAsync() => _running;

    public async ValueTask DisposeAsync()
    {
        _channel.End("the measurement ends");
        await _running.ConfigureAwait(false);
        _answered.Dispose();
    }

    private void Deliver(Envelope envelope)
    {
        if (_echoes)
        {
            _channel.Send(envelope);
        }
        else
        {
            envelope.Recycle();
            _answered.Release();
        }
    }
}
