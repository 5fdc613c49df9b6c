using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class ServerStories
{
    [Fact]
    public void Workers_that_come_after_all_have_died_are_offered_the_version_before_too()
    {
        var plan = Plans.Small();
        var rig = Begin(plan);
        Place(rig, number: 0, worker: 0);
        rig.Sent<Parameters>().Select(sent => sent.Message.Version).ShouldBe([0]);
        PushStep(rig, plan, step: 0);
        rig.Sent<Applied>().Single().Message.Version.ShouldBe(1);
        Place(rig, number: 1, worker: 1);
        rig.Sent<Parameters>().Select(sent => (sent.To, sent.Message.Version)).ShouldBe([(ActorId.Worker(1), 0), (ActorId.Worker(1), 1)]);

        PushOne(rig, plan, step: 1, TreeNode.Leaf(0), chunk: 0);
        Place(rig, number: 2, worker: 2);
        rig.Sent<Parameters>().Select(sent => sent.Message.Version).ShouldBe([1]);
    }

    [Fact]
    public void Gradients_of_another_step_generation_or_partition_are_let_go()
    {
        var plan = Plans.Small();
        var rig = Begin(plan);
        var held = rig.Pool.Outstanding;
        PushOne(rig, plan, step: 1, TreeNode.Leaf(0), chunk: 0);
        PushOne(rig, plan, step: 0, TreeNode.Leaf(0), chunk: plan.Map.Chunks.Length - 1);
        PushOne(rig, plan, step: 0, TreeNode.Leaf(0), chunk: 0, generation: 7);
        rig.Pool.Outstanding.ShouldBe(held);
        PushOne(rig, plan, step: 0, TreeNode.Leaf(0), chunk: 0);
        PushOne(rig, plan, step: 0, TreeNode.Leaf(0), chunk: 0);
        rig.Pool.Outstanding.ShouldBe(held + 1);
    }

    [Fact]
    public void A_run_that_is_given_up_before_it_began_has_no_last_version()
    {
        var rig = new ActorRig(ActorId.Server(0), pool => new ParameterServerActor(0, Plans.Small(), pool));
        rig.Tell(ActorId.Coordinator, new Stop(0));
        rig.Sent<Final>().ShouldBeEmpty();
    }

    [Fact]
    public void A_norm_to_be_clipped_is_held_until_the_sequencer_answers_once()
    {
        var plan = Plans.Small(clipNorm: 1);
        var rig = Begin(plan);
        PushStep(rig, plan, step: 0);
        var held = rig.Sent<Held>().Single().Message;
        rig.Sent<Applied>().ShouldBeEmpty();
        var apply = new Apply(1, 0, 1, [new ScaledUnit(held.Unit, held.Samples, 0.5f)], [], [], MeasuresDrift: false);
        rig.Tell(ActorId.Sequencer, apply);
        rig.Sent<Applied>().Single().Message.Version.ShouldBe(1);
        rig.Tell(ActorId.Sequencer, apply);
        rig.Sent<Applied>().ShouldBeEmpty();
    }

    [Fact]
    public void A_cut_of_an_older_generation_that_is_stored_late_is_not_reported()
    {
        var plan = Plans.Small();
        var rig = Begin(plan);
        rig.Tell(ActorId.Sequencer, new Mark(1, 0, 0, Cut: true, Evaluate: false));
        var first = rig.Only<PartitionCut>(EffectKind.Store);
        rig.Tell(ActorId.Coordinator, new Rewind(2, CompleteCut.Start));
        rig.Tell(ActorId.Sequencer, new Mark(2, 0, 0, Cut: true, Evaluate: false));
        var second = rig.Only<PartitionCut>(EffectKind.Store);
        rig.Turn(Input.Stored(default, DurableKey.Cut(0), first));
        rig.Sent<Cut>().ShouldBeEmpty();
        rig.Turn(Input.Stored(default, DurableKey.Cut(0), second));
        rig.Sent<Cut>().Single().Message.Generation.ShouldBe(2);
        rig.Turn(Input.Stored(default, DurableKey.Cut(0), second));
        rig.Sent<Cut>().ShouldBeEmpty();
    }

    [Fact]
    public void A_cut_that_is_not_there_is_said_so_and_a_late_answer_of_the_disk_changes_nothing()
    {
        var rig = Begin(Plans.Small());
        var cut = CompleteCut.Start with { Version = 3, Samples = 18 };
        rig.Tell(ActorId.Coordinator, new Rewind(2, cut));
        rig.Does(EffectKind.Load).ShouldBeTrue();
        rig.Turn(Input.Loaded(default, DurableKey.Cut(3), null));
        rig.Sent<Rewound>().Single().Message.Ok.ShouldBeFalse();
        rig.Turn(Input.Loaded(default, DurableKey.Cut(3), null));
        rig.Sent<Rewound>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cut_of_another_generation_is_not_gone_back_to(bool hasCopies)
    {
        var plan = Plans.Small() with { Replicates = hasCopies };
        var rig = Begin(plan);
        var held = rig.Pool.Outstanding;
        rig.Tell(ActorId.Coordinator, new Rewind(5, CompleteCut.Start with { Version = 3, Generation = 4, Samples = 18 }));
        rig.Turn(Input.Loaded(default, DurableKey.Cut(3), Cuts.Of(plan, rig.Pool, version: 3, generation: 1)));
        rig.Pool.Outstanding.ShouldBe(held);
        if (!hasCopies)
        {
            rig.Sent<Rewound>().Single().Message.Ok.ShouldBeFalse();
            return;
        }

        rig.Sent<FetchCut>().Single().Message.Version.ShouldBe(3);
        var copy = Cuts.Of(plan, rig.Pool, version: 3, generation: 4);
        rig.Tell(ActorId.Coordinator, new CutPart(5, 0, copy.Log, 0, 1, copy.Parameters));
        rig.Only<PartitionCut>(EffectKind.Store).Generation.ShouldBe(4);
        rig.Sent<Rewound>().Single().Message.Ok.ShouldBeTrue();
    }

    [Fact]
    public void After_a_stop_nothing_is_held_and_an_older_stop_means_nothing()
    {
        var plan = Plans.Small();
        var rig = Begin(plan);
        PushOne(rig, plan, step: 0, TreeNode.Leaf(0), chunk: 0);
        rig.Tell(ActorId.Coordinator, new Stop(0));
        rig.Sent<Final>().ShouldBeEmpty();
        rig.Tell(ActorId.Coordinator, new Stop(1));
        rig.Sent<Final>().Count.ShouldBe(1);
        rig.Tell(ActorId.Coordinator, new Stop(1));
        rig.Sent<Final>().ShouldBeEmpty();
        rig.Pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void A_longer_chunk_is_work_of_its_own_and_the_version_waits_for_it()
    {
        var plan = Plans.Small() with { InlineUpdateLength = 0 };
        var rig = Begin(plan);
        var works = PushStep(rig, plan, step: 0);
        works.Count.ShouldBe(plan.Map.Chunks.ToArray().Count(chunk => chunk.Partition == 0));
        foreach (var work in works)
        {
            rig.Sent<Applied>().ShouldBeEmpty();
            work.Execute();
            rig.Turn(Input.WorkDone(default, work));
        }

        rig.Sent<Applied>().Single().Message.Version.ShouldBe(1);
    }

    [Fact]
    public void Parts_that_come_again_while_their_sum_is_at_work_are_let_go()
    {
        var plan = Plans.Small() with { InlineUpdateLength = 0 };
        var rig = Begin(plan);
        PushOne(rig, plan, step: 0, plan.Tree.Root.Left, chunk: 0);
        PushOne(rig, plan, step: 0, plan.Tree.Root.Right, chunk: 0);
        rig.Does(EffectKind.StartWork).ShouldBeTrue();
        var held = rig.Pool.Outstanding;
        PushOne(rig, plan, step: 0, plan.Tree.Root, chunk: 0);
        rig.Does(EffectKind.StartWork).ShouldBeFalse();
        rig.Pool.Outstanding.ShouldBe(held);
    }

    [Fact]
    public void Work_that_comes_back_in_a_later_generation_changes_nothing_and_lets_go_of_everything()
    {
        var plan = Plans.Small() with { InlineUpdateLength = 0 };
        var rig = Begin(plan);
        var held = rig.Pool.Outstanding;
        var works = PushStep(rig, plan, step: 0);
        rig.Tell(ActorId.Coordinator, new Rewind(2, CompleteCut.Start));
        foreach (var work in works)
        {
            work.Execute();
            rig.Turn(Input.WorkDone(default, work));
        }

        rig.Sent<Applied>().ShouldBeEmpty();
        rig.Pool.Outstanding.ShouldBe(held);
    }

    [Fact]
    public void Work_that_comes_back_while_the_cut_is_being_loaded_advances_nothing()
    {
        var plan = Plans.Small() with { InlineUpdateLength = 0 };
        var rig = Begin(plan);
        Place(rig, number: 0, worker: 0);
        var works = PushStep(rig, plan, step: 0);
        rig.Tell(ActorId.Coordinator, new Rewind(2, CompleteCut.Start with { Version = 3, Samples = 18 }));
        rig.Does(EffectKind.Load).ShouldBeTrue();
        foreach (var work in works)
        {
            work.Execute();
            rig.Turn(Input.WorkDone(default, work));
            rig.Does(EffectKind.Send).ShouldBeFalse();
        }
    }

    private static ActorRig Begin(RunPlan plan)
    {
        var rig = new ActorRig(ActorId.Server(0), pool => new ParameterServerActor(0, plan, pool));
        rig.Tell(ActorId.Coordinator, new Rewind(1, CompleteCut.Start));
        rig.Sent<Rewound>().Single().Message.Ok.ShouldBeTrue();
        return rig;
    }

    private static void Place(ActorRig rig, long number, int worker) =>
        rig.Tell(ActorId.Coordinator, new Placement(1, number, [new WorkerLife(worker, 1)]));

    /// <summary>A whole step's gradient; returns the work that it makes.</summary>
    private static List<TensorWork> PushStep(ActorRig rig, RunPlan plan, long step)
    {
        var works = new List<TensorWork>();
        foreach (var chunk in plan.Map.Chunks.ToArray().Where(chunk => chunk.Partition == 0))
        {
            PushOne(rig, plan, step, plan.Tree.Root, chunk.Index);
            works.AddRange(rig.Effects.Where(effect => effect.Kind == EffectKind.StartWork).Select(effect => (TensorWork)effect.Body!));
        }

        return works;
    }

    private static void PushOne(ActorRig rig, RunPlan plan, long step, TreeNode node, int chunk, long generation = 1)
    {
        var gradient = rig.Pool.Rent(plan.Map.Chunks[chunk].Length);
        gradient.Span.Fill(0.25f);
        rig.Tell(ActorId.Worker(0), new Push(generation, chunk, node, step, 0, step, plan.SamplesOf(step, node), 1, gradient.All));
    }
}
