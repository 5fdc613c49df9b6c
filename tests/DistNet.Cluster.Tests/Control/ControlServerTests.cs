using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Tests;

public sealed class ControlServerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly NodeCard Card = new("127.0.0.1:1", "here", 7, "probe");
    private static readonly Hello Hello = new(WireProtocol.Version, ConnectionKind.Control, "token", Role.Worker, 0, 0, Card);

    [Fact]
    public async Task A_node_whose_connection_breaks_before_the_welcome_is_not_there()
    {
        var nodes = new Nodes();
        await using var server = Start(nodes);
        await using var broken = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.Read, FileShare.None, 1, FileOptions.DeleteOnClose);

        await Should.ThrowAsync<Exception>(() => server.ServeAsync(broken, Hello, new TensorPool(), default));

        server.Find(ActorId.Worker(0)).ShouldBeNull();
        nodes.Up.Task.IsCompleted.ShouldBeFalse();
    }

    /// <summary>It sees its connection close before the coordinator has put its papers in order.</summary>
    [Fact]
    public async Task Why_a_connection_ended_is_said_also_where_its_node_is_back_before_that()
    {
        var nodes = new Nodes();
        await using var server = Start(nodes);
        using var first = new SlowToClose();
        var serving = server.ServeAsync(first, Hello, new TensorPool(), default);
        var life = (await nodes.Up.Task.WaitAsync(Deadline)).Life;

        first.Say(new byte[64]);
        await first.Closing.WaitAsync(Deadline);
        using var second = new SlowToClose();
        var back = server.ServeAsync(second, Hello with { Life = life }, new TensorPool(), default);

        (await nodes.Down.Task.WaitAsync(Deadline)).ShouldStartWith("bad frame: ");
        first.Dispose();
        await serving.WaitAsync(Deadline);
        second.Dispose();
        second.Say([]);
        await back.WaitAsync(Deadline);
    }

    private static ControlServer Start(Nodes nodes)
    {
        var time = new SettableTime();
        var register = new NodeRegister("probe", WireProtocol.Version, new LifeNumbers(time));
        var server = new ControlServer(new NodeLife(ActorId.Coordinator, 1, Card), register, ControlTimes.Default, time, NullLogger.Instance);
        server.Start(nodes);
        return server;
    }

    /// <summary>The first that come and go.</summary>
    private sealed class Nodes : IControlListener
    {
        public TaskCompletionSource<NodeLife> Up { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string> Down { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnSelf(NodeLife self)
        {
        }

        public void OnFailed(Exception failure) => throw failure;

        public void OnRefused(string reason) => throw new InvalidOperationException(reason);

        public void OnUp(NodeLife node) => Up.TrySetResult(node);

        public void OnDown(NodeLife node, string reason, bool left) => Down.TrySetResult(reason);

        public void OnMessage(NodeLife from, Envelope envelope) => envelope.Recycle();
    }
}
