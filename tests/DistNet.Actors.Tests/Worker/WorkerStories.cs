using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class WorkerStories
{
    private static readonly RunPlan Plan = Plans.Small();

    private readonly ActorRig _rig = new(ActorId.Worker(0), pool => new WorkerActor(0, Plan, pool));

    [Fact]
    public void Parameters_that_come_before_the_placement_are_used_after_it()
    {
        Offer(1, version: 0, partition: 1);
        Offer(1, version: 0, partition: 0);
        _rig.Tell(ActorId.Sequencer, new Horizon(1, 4));
        _rig.Does(EffectKind.StartWork).ShouldBeFalse();
        Place(1);
        _rig.Only<GradientOrder>(EffectKind.StartWork).Nodes.ShouldBe([Plan.Tree.Root]);
    }

    [Fact]
    public void Parameters_of_an_older_version_are_let_go_and_so_are_parts_of_one_that_is_passed()
    {
        Offer(1, version: 1, partition: 0);
        Offer(1, version: 2, partition: 0);
        Offer(1, version: 2, partition: 1);
        var held = _rig.Pool.Outstanding;
        Offer(1, version: 1, partition: 1);
        _rig.Pool.Outstanding.ShouldBe(held);
        held.ShouldBe(1);
    }

    [Fact]
    public void Work_of_a_superseded_generation_is_cancelled_and_never_pushed()
    {
        var order = Work(generation: 1);
        Place(2);
        _rig.Does(EffectKind.CancelWork).ShouldBeTrue();
        order.Results.Add(new NodeResult(1, 6));
        _rig.Turn(Input.WorkYielded(default, order, 0));
        _rig.Sent<Push>().ShouldBeEmpty();
        _rig.Turn(Input.WorkDone(default, order));
        _rig.Sent<Report>().ShouldBeEmpty();
        _rig.Pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void A_newer_version_cancels_what_is_computed_on_the_old_one_and_the_next_begins_at_the_present_time()
    {
        var order = Work(generation: 1);
        Offer(1, version: 1, partition: 0);
        Offer(1, version: 1, partition: 1);
        _rig.Does(EffectKind.CancelWork).ShouldBeTrue();
        _rig.Now = TimeSpan.FromSeconds(9);
        _rig.Turn(Input.WorkCancelled(_rig.Now, order));
        var next = _rig.Only<GradientOrder>(EffectKind.StartWork);
        next.Step.ShouldBe(1);
        next.StartedAt.ShouldBe(_rig.Now);
    }

    [Fact]
    public void A_stop_that_overtakes_everything_else_of_its_generation_ends_it()
    {
        _rig.Tell(ActorId.Coordinator, new Stop(3));
        Offer(3, version: 0, partition: 0);
        Offer(3, version: 0, partition: 1);
        _rig.Tell(ActorId.Sequencer, new Horizon(3, 4));
        Place(3);
        _rig.Does(EffectKind.StartWork).ShouldBeFalse();
        _rig.Pool.Outstanding.ShouldBe(0);
        Work(generation: 4).Step.ShouldBe(0);
    }

    [Fact]
    public void A_band_is_pushed_to_every_partition_that_it_touches_and_then_let_go()
    {
        var order = Work(generation: 1);
        order.Results.Add(new NodeResult(1, 6));
        var band = Plan.Layout.Bands[0];
        order.Rent(band.Index, 0, band.Length).Span.Fill(1);
        var held = _rig.Pool.Outstanding;
        _rig.Turn(Input.WorkYielded(default, order, band.Index));
        var pushes = _rig.Sent<Push>().Select(sent => sent.Message).ToList();
        pushes.Select(push => push.Chunk).ShouldBe(Plan.Map.ChunksOf(band).ToArray().Select(chunk => chunk.Index));
        pushes.Sum(push => push.Gradient.Length).ShouldBe(band.Length);
        _rig.Settle();
        _rig.Pool.Outstanding.ShouldBe(held - 1);
    }

    [Fact]
    public void Bands_that_were_never_yielded_are_let_go_with_the_order()
    {
        var order = Work(generation: 1);
        order.Rent(0, 0, 8);
        order.Rent(1, 0, 8);
        _rig.Turn(Input.WorkCancelled(default, order));
        _rig.Tell(ActorId.Coordinator, new Stop(1));
        _rig.Pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void Lanes_of_a_late_worker_are_computed_once_and_in_their_step_only()
    {
        Place(1, new WorkerLife(0, 1), new WorkerLife(1, 1));
        _rig.Tell(ActorId.Sequencer, new Horizon(1, 4));
        _rig.Tell(ActorId.Coordinator, new AssistWith(1, 1, 1, 2));
        Offer(1, version: 0, partition: 0);
        Offer(1, version: 0, partition: 1);
        Done(TreeNode.Leaf(0));
        _rig.Does(EffectKind.StartWork).ShouldBeFalse();
        Offer(1, version: 1, partition: 0);
        Offer(1, version: 1, partition: 1);
        Done(TreeNode.Leaf(0));
        Done(TreeNode.Leaf(1));
        _rig.Tell(ActorId.Coordinator, new AssistWith(1, 1, 1, 2));
        _rig.Does(EffectKind.StartWork).ShouldBeFalse();
        _rig.Tell(ActorId.Coordinator, new AssistWith(1, 0, 1, 2));
        _rig.Does(EffectKind.StartWork).ShouldBeFalse();
    }

    /// <summary>The last turn started work on this node alone; it is done.</summary>
    private void Done(TreeNode node)
    {
        var order = _rig.Only<GradientOrder>(EffectKind.StartWork);
        order.Nodes.ShouldBe([node]);
        _rig.Turn(Input.WorkDone(default, order));
    }

    private GradientOrder Work(long generation)
    {
        Place(generation);
        _rig.Tell(ActorId.Sequencer, new Horizon(generation, 4));
        Offer(generation, version: 0, partition: 0);
        Offer(generation, version: 0, partition: 1);
        return _rig.Only<GradientOrder>(EffectKind.StartWork);
    }

    private void Place(long generation) => Place(generation, new WorkerLife(0, 1));

    private void Place(long generation, params WorkerLife[] workers) =>
        _rig.Tell(ActorId.Coordinator, new Placement(generation, 0, workers));

    private void Offer(long generation, long version, int partition)
    {
        var values = _rig.Pool.Rent(Plan.Map.Partitions[partition].PaddedLength);
        values.Span.Clear();
        _rig.Tell(ActorId.Server(partition), new Parameters(generation, version, 0, partition, default, values.All, null, ForEvaluation: false));
    }
}
