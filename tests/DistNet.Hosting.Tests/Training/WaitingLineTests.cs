using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class WaitingLineTests
{
    [Fact]
    public void Names_who_and_where()
    {
        Of("gradients", new Awaited(ActorId.Worker(3), 812, 5, 6)).ShouldBe("waiting for worker-3 (step 812, lane 5), 6 s");
        Of("gradients", new Awaited(ActorId.Worker(3), -1, 4, 8), new Awaited(ActorId.Worker(4), 7, 0, 0))
            .ShouldBe("waiting for worker-3 (lanes 4..7), worker-4 (step 7), 6 s");
        Of("the cut", new Awaited(ActorId.Server(1), -1, 0, 0)).ShouldBe("waiting for server-1, 6 s");
    }

    [Fact]
    public void Names_what_where_there_is_nobody() => Of("a worker").ShouldBe("waiting for a worker, 6 s");

    private static string Of(string what, params Awaited[] actors) => WaitingLine.Of(new Waiting(actors, what, TimeSpan.FromSeconds(6.2)));
}
