using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// The built-in control plane on every other node: one connection to the coordinator, looked for again whenever it is lost.
/// </summary>
/// <param name="coordinator">Where the coordinator is.</param>
/// <param name="tls">How to reach it.</param>
/// <param name="hello">How this node introduces itself; number and life are filled in as they are given.</param>
/// <param name="pool">Of this node.</param>
/// <param name="times">The clockwork.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Hears of connections.</param>
/// <param name="faults">What goes wrong on purpose; null: nothing.</param>
internal sealed class ControlClient(
    ClusterAddress coordinator, Tls tls, Hello hello, TensorPool pool, ControlTimes times, TimeProvider time, ILogger log, NodeFaults? faults = null)
    : IControlPlane
{
    private readonly CancellationTokenSource _end = new();
    private Hello _hello = hello;
    private volatile NodeLife? _coordinator;
    private volatile ControlChannel? _channel;
    private Task _running = Task.CompletedTask;

    public bool IsMember => _coordinator is not null;

    public void Start(IControlListener listener) => _running = Task.Run(() => RunAsync(listener));

    public void Send(ActorId node, Envelope envelope)
    {
        if (_channel is { } channel)
        {
            channel.Send(envelope);
        }
        else
        {
            envelope.Recycle();
        }
    }

    public void Expel(ActorId node, long life, string reason) => throw new InvalidOperationException("Only the coordinator's node expels.");

    public NodeLife? Find(ActorId node) => node == ActorId.Coordinator ? _coordinator : null;

    public TimeSpan? SinceHeard(ActorId node) => _channel?.SinceHeard;

    /// <summary>The coordinator closes the connection: were it closed here, what was not read yet would break it, and the word be lost with it.</summary>
    public async Task LeaveAsync()
    {
        // Whoever has left does not come back on another connection.
        await _end.CancelAsync().ConfigureAwait(false);
        if (_channel is { } channel)
        {
            channel.Send(Envelope<Leave>.Rent(Self, _hello.Life, ActorId.Coordinator, default));
            await Task.WhenAny(channel.Ended, Task.Delay(times.Silence, time)).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        _channel?.End("this node ends");
        await _running.ConfigureAwait(false);
        _end.Dispose();
    }

    private ActorId Self => new(_hello.Role, Math.Max(0, _hello.Index));

    private async Task RunAsync(IControlListener listener)
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                var (connection, welcome) = await FindAsync().ConfigureAwait(false);
                await ServeAsync(connection, welcome, listener).ConfigureAwait(false);
            }
        }
        catch (RefusedException e)
        {
            listener.OnRefused($"the cluster at {coordinator} does not admit this node: {e.Message}");
        }
        catch (TimeoutException e)
        {
            listener.OnRefused(e.Message);
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
        catch (Exception e)
        {
            listener.OnFailed(e);
        }
    }

    private async Task<(FrameConnection Connection, Welcome Welcome)> FindAsync()
    {
        var began = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                faults?.RequireWay(Self, ActorId.Coordinator);
                return await FrameConnection.OpenAsync(coordinator, tls, _hello, pool, new FrameLimits(MaxPayloadBytes: 0), _end.Token).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                if (attempt == 0)
                {
                    log.LooksForCoordinator(coordinator, e.Message);
                }

                if (time.GetElapsedTime(began) > times.Join)
                {
                    throw new TimeoutException(FormattableString.Invariant($"no coordinator at {coordinator} for {times.Join.TotalSeconds:F0} s: {e.Message}"));
                }
            }

            await Task.Delay(times.Retry, time, _end.Token).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(FrameConnection connection, Welcome welcome, IControlListener listener)
    {
        var isNew = welcome.Life != _hello.Life || welcome.Index != _hello.Index;
        _hello = _hello with { Index = welcome.Index, Life = welcome.Life };
        if (isNew)
        {
            listener.OnSelf(new NodeLife(Self, welcome.Life, _hello.Card));
        }

        var peer = new NodeLife(ActorId.Coordinator, welcome.PeerLife, new NodeCard(coordinator.ToString(), coordinator.Host, 0, _hello.Card.Probe));
        faults?.Disturb(connection, ConnectionKind.Control, Self, ActorId.Coordinator);
        var channel = new ControlChannel(connection, Self, times, time);
        _coordinator = peer;
        _channel = channel;
        log.FoundCoordinator(coordinator, Self);
        listener.OnUp(peer);
        var reason = await channel.RunAsync(peer.Name, envelope => listener.OnMessage(peer, envelope)).ConfigureAwait(false);
        _channel = null;
        _coordinator = null;
        log.LostCoordinator(coordinator, reason);
        listener.OnDown(peer, reason, left: false);
    }
}
