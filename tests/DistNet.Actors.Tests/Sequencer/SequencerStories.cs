using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class SequencerStories
{
    [Fact]
    public void A_version_is_complete_when_every_server_has_applied_it_in_whatever_order_they_say_so()
    {
        var rig = Begin(Plans.Small());
        rig.Tell(ActorId.Server(0), new Applied(1, 0, 2, 20));
        rig.Tell(ActorId.Server(1), new Applied(1, 1, 1, 0));
        rig.Sent<Progress>().ShouldBeEmpty();
        rig.Tell(ActorId.Server(0), new Applied(1, 0, 1, 10));
        rig.Sent<Progress>().Single().Message.Loss.ShouldBe(10);
        rig.Tell(ActorId.Server(0), new Applied(1, 0, 1, 10));
        rig.Sent<Progress>().ShouldBeEmpty();
        rig.Tell(ActorId.Server(1), new Applied(1, 1, 2, 0));
        rig.Sent<Progress>().Single().Message.ShouldSatisfyAllConditions(p => p.Version.ShouldBe(2), p => p.Samples.ShouldBe(12), p => p.Loss.ShouldBe(20));
    }

    [Fact]
    public void One_factor_goes_to_all_servers_once_all_shares_of_the_norm_are_in()
    {
        var rig = Begin(Plans.Small(clipNorm: 5));
        Hold(rig, 1, [new BlockNorm(TreeNode.Leaf(1), 9), new BlockNorm(TreeNode.Leaf(2), 75)]);
        Hold(rig, 1, [new BlockNorm(TreeNode.Leaf(1), 9), new BlockNorm(TreeNode.Leaf(2), 75)]);
        rig.Sent<Apply>().ShouldBeEmpty();
        Hold(rig, 0, [new BlockNorm(TreeNode.Leaf(0), 16)]);
        rig.Sent<Apply>().Select(sent => (sent.To, sent.Message.Units.Single().Scale)).ShouldBe([(ActorId.Server(0), 0.5f), (ActorId.Server(1), 0.5f)]);
        Hold(rig, 0, [new BlockNorm(TreeNode.Leaf(0), 16)]);
        rig.Sent<Apply>().ShouldBeEmpty();
    }

    [Fact]
    public void A_unit_whose_worker_died_is_dispatched_again_and_the_first_dispatch_is_refused()
    {
        var rig = Begin(Plans.Small() with { Rules = new RuleSchedule(new AsynchronousRule()) });
        rig.Tell(ActorId.Coordinator, new Placement(1, 0, [new WorkerLife(0, 1), new WorkerLife(1, 1)]));
        rig.Tell(ActorId.Coordinator, new RunUntil(1, 8));
        var first = rig.Sent<Apply>()[0].Message.Starts.Single(start => start.Lane == 0);
        HoldUnit(rig, first, partition: 0);
        rig.Tell(ActorId.Coordinator, new Placement(1, 1, [new WorkerLife(1, 1)]));
        var second = rig.Sent<Apply>()[0].Message.Starts.Single();
        second.ShouldBe(first with { Dispatch = second.Dispatch, Worker = new WorkerLife(1, 1) });
        second.Dispatch.ShouldBeGreaterThan(first.Dispatch);
        HoldUnit(rig, first, partition: 1);
        HoldUnit(rig, second, partition: 0);
        rig.Sent<Apply>().ShouldBeEmpty();
        HoldUnit(rig, second, partition: 1);
        rig.Sent<Apply>()[0].Message.Units.Single().Unit.Dispatch.ShouldBe(second.Dispatch);
        HoldUnit(rig, second, partition: 1);
        rig.Sent<Apply>().ShouldBeEmpty();
    }

    /// <summary>Six of the eight lanes have samples, so that an update of eight waits for units that never come.</summary>
    [Fact]
    public void The_last_units_there_can_be_are_an_update_also_when_the_last_worker_is_dead()
    {
        var rig = Begin(Plans.Small(lanes: 8) with { Rules = new RuleSchedule(new KAsyncRule(8)) });
        rig.Tell(ActorId.Coordinator, new Placement(1, 0, [new WorkerLife(0, 1)]));
        rig.Tell(ActorId.Coordinator, new RunUntil(1, 8));
        var starts = rig.Sent<Apply>()[0].Message.Starts;
        foreach (var start in starts)
        {
            HoldUnit(rig, start, partition: 0);
        }

        rig.Tell(ActorId.Coordinator, new Placement(1, 1, []));
        foreach (var start in starts)
        {
            rig.Sent<Apply>().ShouldBeEmpty();
            HoldUnit(rig, start, partition: 1);
        }

        rig.Sent<Apply>()[0].Message.Units.Select(unit => unit.Unit.Lane).ShouldBe(starts.Select(start => start.Lane));
    }

    [Fact]
    public void What_a_late_worker_had_is_counted_as_dispatched_again()
    {
        var rig = Begin(Plans.Small(lanes: 4));
        rig.Tell(ActorId.Coordinator, new AssistWith(1, 0, 1, 3));
        rig.Tell(ActorId.Coordinator, new AssistWith(2, 0, 0, 4));
        rig.Tell(ActorId.Server(0), new Applied(1, 0, 1, 10));
        rig.Tell(ActorId.Server(1), new Applied(1, 1, 1, 0));
        rig.Sent<Progress>().Single().Message.Redispatched.ShouldBe(3);
    }

    private static ActorRig Begin(RunPlan plan)
    {
        var rig = new ActorRig(ActorId.Sequencer, _ => new SequencerActor(plan));
        rig.Tell(ActorId.Coordinator, new Rewind(1, CompleteCut.Start));
        return rig;
    }

    private static void Hold(ActorRig rig, int partition, IReadOnlyList<BlockNorm> share) =>
        rig.Tell(ActorId.Server(partition), new Held(1, partition, new UnitId(-1, 0, 0), 0, 6, 1, share));

    private static void HoldUnit(ActorRig rig, LaneStart start, int partition) =>
        rig.Tell(ActorId.Server(partition), new Held(1, partition, new UnitId(start.Lane, start.Step, start.Dispatch), 0, 3, 1, null));
}
