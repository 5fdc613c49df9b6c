using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

public sealed class FaultClockTests : IDisposable
{
    private static readonly FaultPlan Plan = new(1,
    [
        new PartitionFault(FaultStart.Version(10), TimeSpan.FromSeconds(2), NodeSet.Of(ActorId.Server(0)), NodeSet.All),
        new SlowFault(FaultStart.Time(TimeSpan.FromSeconds(5)), null, NodeSet.Of(ActorId.Worker(0)), 2),
    ]);

    private readonly TemporaryFolder _folder = new();
    private readonly SettableTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_goes_wrong_before_a_run()
    {
        var clock = new FaultClock(Plan, _folder.Path, _time);
        _time.Now += TimeSpan.FromSeconds(100);

        clock.Look().Beginning.ShouldBeEmpty();
        clock.Active<Fault>().ShouldBeEmpty();
    }

    [Fact]
    public void Time_counts_from_the_first_version_that_is_seen()
    {
        var clock = new FaultClock(Plan, _folder.Path, _time);
        _time.Now += TimeSpan.FromSeconds(100);
        clock.Saw("run", 0).ShouldBeTrue();
        clock.Look().Beginning.ShouldBeEmpty();
        _time.Now += TimeSpan.FromSeconds(5);

        clock.Look().Beginning.ShouldBe([1]);
    }

    [Fact]
    public void A_node_that_is_started_again_does_not_begin_what_it_has_been_through()
    {
        var before = new FaultClock(Plan, _folder.Path, _time);
        before.Saw("run", 12);
        before.Look().Beginning.ShouldBe([0]);
        _time.Now += TimeSpan.FromSeconds(1);

        var after = new FaultClock(Plan, _folder.Path, _time);
        after.Saw("run", 0).ShouldBeTrue();

        after.Active<PartitionFault>().Count().ShouldBe(1, "its two seconds are not over");
        after.Saw("run", 12).ShouldBeFalse();
        after.Look().Beginning.ShouldBeEmpty();
        _time.Now += TimeSpan.FromSeconds(1);
        after.Look().Ending.ShouldBe([0]);
        after.Look().Ending.ShouldBeEmpty();
        _time.Now += TimeSpan.FromSeconds(3);
        after.Look().Beginning.ShouldBe([1], "time counts from the run's start, not from the node's");
    }

    [Fact]
    public void Another_run_begins_anew()
    {
        var clock = new FaultClock(Plan, _folder.Path, _time);
        clock.Saw("first", 12);
        clock.Look();
        clock.Saw("second", 3).ShouldBeTrue();

        clock.Look().Beginning.ShouldBeEmpty();
        clock.Saw("second", 10).ShouldBeFalse();
        clock.Look().Beginning.ShouldBe([0]);
    }
}
