using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Tests;

public sealed class ControlServerTests
{
    [Fact]
    public async Task A_node_whose_connection_breaks_before_the_welcome_is_not_there()
    {
        var time = new SettableTime();
        var card = new NodeCard("127.0.0.1:1", "here", 7, "probe");
        var register = new NodeRegister("probe", WireProtocol.Version, new LifeNumbers(time));
        var self = new NodeLife(ActorId.Coordinator, 1, card);
        await using var server = new ControlServer(self, register, ControlTimes.Default, time, NullLogger.Instance);
        server.Start(new DeafListener());
        var hello = new Hello(WireProtocol.Version, ConnectionKind.Control, "token", Role.Worker, 0, 0, card);
        await using var broken = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.Read, FileShare.None, 1, FileOptions.DeleteOnClose);

        await Should.ThrowAsync<Exception>(() => server.ServeAsync(broken, hello, new TensorPool(), default));

        server.Find(ActorId.Worker(0)).ShouldBeNull();
    }

    private sealed class DeafListener : IControlListener
    {
        public void OnSelf(NodeLife self)
        {
        }

        public void OnFailed(Exception failure) => throw failure;

        public void OnRefused(string reason) => throw new InvalidOperationException(reason);

        public void OnUp(NodeLife node) => throw new InvalidOperationException("It was never welcomed.");

        public void OnDown(NodeLife node, string reason, bool left)
        {
        }

        public void OnMessage(NodeLife from, Envelope envelope) => envelope.Recycle();
    }
}
