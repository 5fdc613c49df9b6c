using DistNet.Protocol;

namespace DistNet.Actors.Tests;

/// <summary>Four workers with a lane each, of one or two rows; the first step begins at 10 s.</summary>
public sealed class LateLanesStories
{
    private static readonly RunPlan Plan = Plans.Small(lanes: 4) with { HelpsLateWorkers = true, Epochs = 100 };

    private readonly ActorRig _rig = new(ActorId.Coordinator, _ => new CoordinatorActor(Plan));

    public LateLanesStories()
    {
        _rig.Now = TimeSpan.FromSeconds(10);
        for (var worker = 0; worker < 4; worker++)
        {
            _rig.Tell(ActorId.Worker(worker), new Join(1));
        }

        _rig.OpenGeneration(1, servers: 2);
    }

    [Fact]
    public void The_first_that_has_done_the_step_is_asked_for_the_lanes_of_the_late_one()
    {
        Report(10.3, worker: 2, step: 0);
        Report(10.31, worker: 0, step: 0);
        Report(10.32, worker: 3, step: 0);
        Look(10.999);
        _rig.Sent<AssistWith>().ShouldBeEmpty();
        Look(11);
        _rig.Sent<AssistWith>().ShouldBe([(ActorId.Worker(2), new AssistWith(1, 0, 1, 2)), (ActorId.Sequencer, new AssistWith(1, 0, 1, 2))]);
        _rig.Observed<LaneLate>().ShouldBe([new LaneLate(1, 0, 1, 2, 2)]);
        Look(12);
        _rig.Sent<AssistWith>().ShouldBeEmpty();
    }

    [Fact]
    public void Late_ones_are_shared_out_among_those_that_are_done_step_by_step()
    {
        Report(10.1, worker: 1, step: 0);
        Report(10.2, worker: 3, step: 0);
        Look(11);
        _rig.Observed<LaneLate>().ShouldBe([new LaneLate(0, 0, 0, 1, 1), new LaneLate(2, 0, 2, 3, 3)]);
        Advance(11.5, version: 1);
        Look(12.4);
        Report(12.45, worker: 0, step: 1);
        Report(12.45, worker: 1, step: 1);
        Report(12.45, worker: 3, step: 1);
        Look(13.4);
        _rig.Observed<LaneLate>().ShouldBe([new LaneLate(2, 1, 2, 3, 0)]);
    }

    [Fact]
    public void Nobody_is_late_before_somebody_has_done_the_step_nor_before_twice_the_time_of_the_first()
    {
        Look(19);
        _rig.Sent<AssistWith>().ShouldBeEmpty();
        Report(20, worker: 0, step: 0);
        Look(29.9);
        _rig.Sent<AssistWith>().ShouldBeEmpty();
        Look(30);
        _rig.Observed<LaneLate>().Select(late => late.Worker).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Half_of_its_rows_is_not_all_and_a_life_that_has_gone_has_done_nothing()
    {
        Report(10.1, worker: 0, step: 0);
        Report(10.1, worker: 1, step: 0, samples: 1);
        Report(10.1, worker: 2, step: 0);
        Report(10.1, worker: 3, step: 0);
        _rig.Turn(Input.PeerDown(_rig.Now, ActorId.Worker(2), 1));
        _rig.Turn(Input.Message(_rig.Now, Envelope<Join>.Rent(ActorId.Worker(2), 2, ActorId.Coordinator, new Join(2))));
        Report(10.2, worker: 2, step: 0);
        Look(11.1);
        _rig.Observed<LaneLate>().Select(late => late.Worker).ShouldBe([1, 2]);
    }

    /// <summary>The last batch of an epoch has four rows for 22 lanes.</summary>
    [Fact]
    public void Lanes_without_rows_are_never_late()
    {
        var step = Plan.Schedule.StepsPerEpoch - 1;
        var plan = Plans.Small(lanes: 22) with { HelpsLateWorkers = true };
        plan.SamplesOf(step, new LaneRange(0, 1)).ShouldBe(0);
        var workers = new WorkerBook();
        var late = new LateLanes(plan, workers);
        var outbox = new Outbox(ActorId.Coordinator, 1);
        var placement = new Placement(1, 0, [.. Enumerable.Range(0, 22).Select(index => new WorkerLife(index, 1))]);
        late.Open(1, default, outbox);
        late.Begin(step, default);
        for (var lane = 0; lane < 22; lane++)
        {
            if (plan.SamplesOf(step, new LaneRange(lane, lane + 1)) > 0)
            {
                workers.Add(lane, new Report(1, step, step, 1, -1, default, default), default);
            }
        }

        late.OnTimer(placement, TimeSpan.FromSeconds(99), outbox);
        Enumerable.Range(0, outbox.Count).ShouldAllBe(i => outbox[i].Kind == EffectKind.SetTimer);
    }

    [Fact]
    public void What_a_helped_worker_took_does_not_make_slow_usual()
    {
        for (var step = 0; step < 100; step++)
        {
            var begun = 10 + (6 * step);
            Report(begun + 1.5, worker: 0, step);
            Report(begun + 1.5, worker: 1, step);
            Report(begun + 1.5, worker: 3, step);
            Look(begun + 2.9);
            _rig.Sent<AssistWith>().ShouldBeEmpty();
            Look(begun + 3);
            _rig.Observed<LaneLate>().Select(late => late.Worker).ShouldBe([2]);
            Report(begun + 5, worker: 2, step);
            Advance(begun + 6, step + 1);
        }
    }

    [Fact]
    public void In_one_process_and_under_a_sequenced_rule_there_is_no_such_timer()
    {
        foreach (var plan in new[] { Plan with { HelpsLateWorkers = false }, Plan with { Rules = new RuleSchedule(new AsynchronousRule()) } })
        {
            var rig = new ActorRig(ActorId.Coordinator, _ => new CoordinatorActor(plan));
            rig.Tell(ActorId.Worker(0), new Join(1));
            rig.OpenGeneration(1, servers: 2);
            rig.Effects.ShouldNotContain(effect => effect.Kind == EffectKind.SetTimer && effect.Timer == TimerKind.Late);
        }
    }

    private void Report(double at, int worker, long step, int samples = 2)
    {
        _rig.Now = TimeSpan.FromSeconds(at);
        _rig.Tell(ActorId.Worker(worker), new Report(1, step, step, samples, -1, default, default));
    }

    private void Advance(double at, long version)
    {
        _rig.Now = TimeSpan.FromSeconds(at);
        _rig.Tell(ActorId.Sequencer, Plans.Progress(1, version, samples: 6 * version, horizon: 16));
    }

    private void Look(double at)
    {
        _rig.Now = TimeSpan.FromSeconds(at);
        _rig.Turn(Input.TimerFired(_rig.Now, TimerKind.Late));
    }
}
