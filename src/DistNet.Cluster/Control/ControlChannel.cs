using System.Net.Sockets;
using System.Threading.Channels;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster;

/// <summary>
/// A control connection in use: signs of life both ways, small messages in order. Ends with a reason when the connection breaks, when the
/// other side is silent for too long, or when it does not read.
/// </summary>
internal sealed class ControlChannel(FrameConnection connection, ActorId self, ControlTimes times, TimeProvider time)
{
    /// <summary>Small messages that wait for a peer; one that lets more pile up does not read.</summary>
    private const int MostWaiting = 100_000;

    private readonly Channel<Envelope> _outgoing = Channel.CreateBounded<Envelope>(MostWaiting);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string> _reason = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastHeard = time.GetTimestamp();

    /// <summary>Ends with the channel; never fails.</summary>
    public Task Ended => _reason.Task;

    public TimeSpan SinceHeard => time.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>Takes the envelope over; does not wait.</summary>
    public void Send(Envelope envelope)
    {
        if (!_outgoing.Writer.TryWrite(envelope))
        {
            Discard(envelope);
            End("it does not read what it is sent");
        }
    }

    /// <summary>Ends the channel.</summary>
    /// <returns>The reason that counts, which is the first.</returns>
    public string End(string reason)
    {
        if (_reason.TrySetResult(reason))
        {
            _outgoing.Writer.TryComplete();
            _end.Cancel();
        }

        return _reason.Task.Result;
    }

    /// <summary>Carries messages until the end.</summary>
    /// <param name="peer">Who is at the other end: its name is known when both have introduced themselves.</param>
    /// <param name="deliver">Takes each message that is no sign of life, one at a time.</param>
    /// <returns>Why it ended. What <paramref name="deliver"/> throws comes out.</returns>
    public async Task<string> RunAsync(ActorId peer, Action<Envelope> deliver)
    {
        var counts = new PlaneCounts(PlaneMeter.Control, peer.ToString());
        using var watched = PlaneMeter.Watch(PlaneMeter.Control, peer.ToString(), () => _outgoing.Reader.Count, static () => 0);
        var all = new[] { ReadAsync(deliver, counts), WriteAsync(counts), BeatAsync() };
        var reason = await _reason.Task.ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(all).ConfigureAwait(false);
        while (_outgoing.Reader.TryRead(out var envelope))
        {
            Discard(envelope);
        }

        return reason;
    }

    private static void Discard(Envelope envelope)
    {
        envelope.Tensor.Release();
        envelope.Recycle();
    }

    private static bool IsBreak(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or WireException or InvalidOperationException;

    private async Task ReadAsync(Action<Envelope> deliver, PlaneCounts counts)
    {
        try
        {
            while (await connection.Reader.ReadAsync(_end.Token).ConfigureAwait(false) is { } envelope)
            {
                Volatile.Write(ref _lastHeard, time.GetTimestamp());
                counts.Received(connection.Reader.Taken);
                if (envelope is Envelope<Beat> beat)
                {
                    Answer(beat.Message);
                    beat.Recycle();
                }
                else
                {
                    deliver(envelope);
                }
            }

            End("it closed its connection");
        }
        catch (Exception e) when (IsBreak(e))
        {
            End(e is WireException ? $"bad frame: {e.Message}" : $"its connection broke: {e.Message}");
        }
        catch (Exception e)
        {
            End($"unexpected: {e.Message}");
            throw;
        }
    }

    private void Answer(Beat beat)
    {
        if (!beat.IsAnswer)
        {
            Send(Envelope<Beat>.Rent(self, 0, default, new Beat(beat.Number, IsAnswer: true)));
        }
    }

    private async Task WriteAsync(PlaneCounts counts)
    {
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(_end.Token).ConfigureAwait(false))
            {
                while (_outgoing.Reader.TryRead(out var envelope))
                {
                    try
                    {
                        await connection.Writer.AddAsync(envelope, _end.Token).ConfigureAwait(false);
                    }
                    finally
                    {
                        Discard(envelope);
                    }
                }

                await connection.Writer.FlushAsync(_end.Token).ConfigureAwait(false);
                counts.Sent(connection.Writer.Written);
            }
        }
        catch (Exception e) when (IsBreak(e))
        {
            End($"its connection broke: {e.Message}");
        }
    }

    /// <summary>A process that was stopped itself must not call others silent: what they said meanwhile waits to be read.</summary>
    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(times.Beat, time);
        var last = time.GetTimestamp();
        try
        {
            for (var number = 0L; await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false); number++)
            {
                if (time.GetElapsedTime(last) > times.Silence / 2)
                {
                    Volatile.Write(ref _lastHeard, time.GetTimestamp());
                }

                last = time.GetTimestamp();
                if (SinceHeard > times.Silence)
                {
                    End(FormattableString.Invariant($"silent for {SinceHeard.TotalSeconds:F1} s"));
                }
                else
                {
                    Send(Envelope<Beat>.Rent(self, 0, default, new Beat(number, IsAnswer: false)));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The channel has ended.
        }
    }
}
