using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class FrameLotteryTests
{
    private const int Frames = 20_000;

    [Fact]
    public void It_hits_as_often_as_its_probability_says()
    {
        var lottery = Create(new FrameChoice(0.3, null), ActorId.Worker(0));

        // 6 standard errors.
        (Draw(lottery).Count(hit => hit) / (double)Frames).ShouldBe(0.3, 6 * Math.Sqrt(0.3 * 0.7 / Frames));
    }

    [Fact]
    public void It_stops_at_its_count() => Draw(Create(new FrameChoice(0.5, 3), ActorId.Worker(0))).Count(hit => hit).ShouldBe(3);

    [Fact]
    public void It_is_the_same_each_time_and_another_for_each_link()
    {
        var first = Draw(Create(new FrameChoice(0.5, null), ActorId.Worker(0)));

        Draw(Create(new FrameChoice(0.5, null), ActorId.Worker(0))).ShouldBe(first);
        Draw(Create(new FrameChoice(0.5, null), ActorId.Worker(1))).ShouldNotBe(first);
    }

    private static bool[] Draw(FrameLottery lottery) => [.. Enumerable.Range(0, Frames).Select(_ => lottery.Draw())];

    private static FrameLottery Create(FrameChoice choice, ActorId from) =>
        new(new FaultPlan(9, [new DropFault(FaultStart.Time(TimeSpan.Zero), null, NodeSet.All, NodeSet.All, choice)]), 0, from, ActorId.Server(0));
}
