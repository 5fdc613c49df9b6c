using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Tests;

public sealed class ControlServerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_node_whose_connection_breaks_before_the_welcome_is_not_there()
    {
        var nodes = new FirstNodes();
        await using var server = Start(nodes);
        await using var broken = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.Read, FileShare.None, 1, FileOptions.DeleteOnClose);

        await Should.ThrowAsync<Exception>(() => server.ServeAsync(broken, Hellos.Bare, new TensorPool(), default));

        server.Find(ActorId.Worker(0)).ShouldBeNull();
        nodes.Up.Task.IsCompleted.ShouldBeFalse();
    }

    /// <summary>It sees its connection close before the coordinator has put its papers in order.</summary>
    [Fact]
    public async Task Why_a_connection_ended_is_said_also_where_its_node_is_back_before_that()
    {
        var nodes = new FirstNodes();
        await using var server = Start(nodes);
        using var first = new SlowToClose();
        var serving = server.ServeAsync(first, Hellos.Bare, new TensorPool(), default);
        var life = (await nodes.Up.Task.WaitAsync(Deadline)).Life;

        first.Say(new byte[64]);
        await first.Closing.WaitAsync(Deadline);
        using var second = new SlowToClose();
        var back = server.ServeAsync(second, Hellos.Bare with { Life = life }, new TensorPool(), default);

        (await nodes.Down.Task.WaitAsync(Deadline)).ShouldStartWith("bad frame: ");
        first.Dispose();
        await serving.WaitAsync(Deadline);
        second.Dispose();
        second.Say([]);
        await back.WaitAsync(Deadline);
    }

    private static ControlServer Start(FirstNodes nodes)
    {
        var time = new SettableTime();
        var register = new NodeRegister(Hellos.Bare.Card.Probe, WireProtocol.Version, new LifeNumbers(time));
        var server = new ControlServer(new NodeLife(ActorId.Coordinator, 1, Hellos.Bare.Card), register, ControlTimes.Default, time, NullLogger.Instance);
        server.Start(nodes);
        return server;
    }
}
