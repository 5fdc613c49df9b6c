using System.Diagnostics.CodeAnalysis;
using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// The built-in control plane on the coordinator's node: the others come here, and know of each other through it alone. A node whose
/// connection closes, or that is silent for too long, is gone.
/// </summary>
/// <param name="self">The coordinator's node.</param>
/// <param name="register">Who is there, and who may come.</param>
/// <param name="times">The clockwork.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Hears of nodes.</param>
/// <param name="faults">What goes wrong on purpose; null: nothing.</param>
internal sealed class ControlServer(
    NodeLife self, NodeRegister register, ControlTimes times, TimeProvider time, ILogger log, NodeFaults? faults = null) : IControlPlane, IControlDoor
{
    private const string Left = "it left";

    private readonly Lock _lock = new();
    private readonly Dictionary<ActorId, (long Life, ControlChannel Channel)> _channels = [];
    private IControlListener _listener = null!;

    /// <summary>Always: the cluster is where it is.</summary>
    public bool IsMember => true;

    public void Start(IControlListener listener)
    {
        _listener = listener;
        listener.OnSelf(self);
    }

    public async Task ServeAsync(Stream stream, Hello hello, TensorPool pool, CancellationToken cancellationToken)
    {
        if (faults?.Separates(self.Name, new ActorId(hello.Role, hello.Index)) == true)
        {
            return;
        }

        string? refusal;
        lock (_lock)
        {
            refusal = register.ReasonToRefuse(hello);
        }

        if (refusal is not null)
        {
            log.NodeRefused(hello.Role, hello.Card.Host, hello.Card.ProcessId, refusal);
            await FrameConnection.RefuseAsync(stream, refusal).ConfigureAwait(false);
            return;
        }

        var connection = FrameConnection.Welcomed(stream, pool, new FrameLimits(MaxPayloadBytes: 0));
        var channel = new ControlChannel(connection, self.Name, times, time);
        var node = Admit(hello, channel);
        try
        {
            await connection.SayAsync(self.Name, new Welcome(node.Name.Index, node.Life, self.Life), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Forget(node);
            throw;
        }

        faults?.Disturb(connection, ConnectionKind.Control, self.Name, node.Name);
        log.NodeUp(node.Name, node.Card.ProcessId, node.Card.Host);
        _listener.OnUp(node);
        var reason = await channel.RunAsync(node.Name, envelope => Receive(node, envelope)).ConfigureAwait(false);
        Remove(node, reason);
    }

    public void Send(ActorId node, Envelope envelope)
    {
        if (TryFind(node, out var channel))
        {
            channel.Send(envelope);
        }
        else
        {
            envelope.Recycle();
        }
    }

    public void Expel(ActorId node, long life, string reason)
    {
        lock (_lock)
        {
            if (_channels.TryGetValue(node, out var entry) && entry.Life == life)
            {
                entry.Channel.End(reason);
            }
        }
    }

    public NodeLife? Find(ActorId node)
    {
        lock (_lock)
        {
            return register.Find(node);
        }
    }

    public TimeSpan? SinceHeard(ActorId node) => TryFind(node, out var channel) ? channel.SinceHeard : null;

    public Task LeaveAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            foreach (var (_, channel) in _channels.Values)
            {
                channel.End("this node ends");
            }
        }

        return ValueTask.CompletedTask;
    }

    private bool TryFind(ActorId node, [NotNullWhen(true)] out ControlChannel? channel)
    {
        lock (_lock)
        {
            channel = _channels.TryGetValue(node, out var entry) ? entry.Channel : null;
            return channel is not null;
        }
    }

    private NodeLife Admit(in Hello hello, ControlChannel channel)
    {
        NodeLife? replaced;
        NodeLife node;
        var reason = string.Empty;
        lock (_lock)
        {
            (node, replaced) = register.Admit(hello);
            if (replaced is not null)
            {
                // It may have ended for a reason of its own a moment ago.
                reason = _channels[node.Name].Channel.End(replaced.Card == node.Card ? "it came back on another connection" : "another process took its place");
            }

            _channels[node.Name] = (node.Life, channel);
        }

        if (replaced is not null)
        {
            TellDown(replaced, reason);
        }

        return node;
    }

    private void Receive(NodeLife node, Envelope envelope)
    {
        if (envelope is Envelope<Leave>)
        {
            Expel(node.Name, node.Life, Left);
            envelope.Recycle();
        }
        else
        {
            _listener.OnMessage(node, envelope);
        }
    }

    private void Remove(NodeLife node, string reason)
    {
        if (Forget(node))
        {
            TellDown(node, reason);
        }
    }

    private void TellDown(NodeLife node, string reason)
    {
        log.NodeDown(node.Name, node.Card.ProcessId, node.Card.Host, reason);
        _listener.OnDown(node, reason, left: reason == Left);
    }

    /// <summary>False when another life has taken its place.</summary>
    private bool Forget(NodeLife node)
    {
        lock (_lock)
        {
            if (_channels.TryGetValue(node.Name, out var entry) && entry.Life == node.Life)
            {
                _channels.Remove(node.Name);
            }

            return register.Remove(node.Name, node.Life);
        }
    }
}
