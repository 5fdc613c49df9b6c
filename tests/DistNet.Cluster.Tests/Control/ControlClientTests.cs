using System.Net;
using System.Net.Sockets;
using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Tests;

public sealed class ControlClientTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Closed with something unread a connection is reset, and a coordinator that writes at that moment never reads the last word.</summary>
    [Fact]
    public async Task Whoever_leaves_keeps_the_connection_until_the_coordinator_has_heard_it()
    {
        using var coordinator = new TcpListener(IPAddress.Loopback, 0);
        coordinator.Start();
        var address = new ClusterAddress("127.0.0.1", ((IPEndPoint)coordinator.LocalEndpoint).Port);
        var times = ControlTimes.Default with { Beat = TimeSpan.FromMilliseconds(10), Silence = Deadline };
        var pool = new TensorPool();
        await using var client = new ControlClient(address, new Tls(TlsOptions.None), Hellos.Bare, pool, times, TimeProvider.System, NullLogger.Instance);
        var nodes = new FirstNodes();
        client.Start(nodes);
        using var accepted = await coordinator.AcceptTcpClientAsync().WaitAsync(Deadline);
        await FrameConnection.HearHelloAsync(accepted.GetStream(), pool, Deadline, default);
        await using var connection = FrameConnection.Welcomed(accepted.GetStream(), pool, FrameLimits.Default);
        await connection.SayAsync(ActorId.Coordinator, new Welcome(0, 5, 1), default);
        await nodes.Up.Task.WaitAsync(Deadline);

        var leaving = client.LeaveAsync();
        while (await connection.Reader.ReadAsync(default).AsTask().WaitAsync(Deadline) is not Envelope<Leave>)
        {
            // Signs of life come before.
        }

        (await connection.Reader.ReadAsync(default).AsTask().WaitAsync(Deadline)).ShouldBeOfType<Envelope<Beat>>();
        leaving.IsCompleted.ShouldBeFalse();
        await connection.DisposeAsync();
        await leaving.WaitAsync(Deadline);
    }
}
