using DistNet.Protocol;

namespace DistNet.Actors.Tests;

/// <summary>Two servers, two lanes. Whom the run waits for is asked when its timer fires, two seconds after the last progress.</summary>
public sealed class WaitingStories
{
    private static readonly RunPlan Plan = Plans.Small(cuts: new CutPolicy(true, 3, TimeSpan.Zero)) with { TestSamples = 600 };

    private readonly ActorRig _rig;

    public WaitingStories() => _rig = RigOf(Plan with { Replicates = true });

    [Fact]
    public void Before_the_run_it_is_servers_then_the_record_then_the_cut_then_a_worker()
    {
        Tell(ActorId.Server(1), new Join(1));
        Waited().ShouldBe("servers: server-0");
        Tell(ActorId.Server(0), new Join(1));
        var record = _rig.Only<CoordinatorRecord>(EffectKind.Store);
        Waited().ShouldBe("the record: server-0, server-1, coordinator");
        Tell(ActorId.Server(1), new RecordKept(record.Number));
        _rig.Turn(Input.Stored(_rig.Now, DurableKey.Record, record));
        Waited().ShouldBe("the record: server-0");
        Tell(ActorId.Server(0), new RecordKept(record.Number));
        Tell(ActorId.Server(0), new Rewound(1, 0, Ok: true, 0));
        Waited().ShouldBe("the last cut: server-1");
        Tell(ActorId.Server(1), new Rewound(1, 1, Ok: true, 0));
        Waited().ShouldBe("a worker: ");
    }

    [Fact]
    public void In_a_step_it_is_whoever_has_not_done_its_lanes_and_then_the_servers()
    {
        var rig = Running(Plan);
        Waited(rig).ShouldBe("gradients: worker-0 step 0 lanes 0-1, worker-1 step 0 lanes 1-2");
        Tell(ActorId.Worker(1), new Report(1, 0, 0, 3, -1, default, default), rig);
        Waited(rig).ShouldBe("gradients: worker-0 step 0 lanes 0-1");
        Tell(ActorId.Worker(0), new Report(1, 0, 0, 3, -1, default, default), rig);
        Waited(rig).ShouldBe("the update: server-0, server-1");
    }

    [Fact]
    public void Under_a_sequenced_rule_it_is_workers_and_their_lanes_at_no_step_in_particular() =>
        Waited(Running(Plan with { Rules = new RuleSchedule(new AsynchronousRule()) })).ShouldBe("gradients: worker-0 lanes 0-1, worker-1 lanes 1-2");

    [Fact]
    public void At_a_milestone_it_is_marks_then_scores_then_what_is_stored()
    {
        var rig = Running(Plan with { EvaluateEvery = 1, Cuts = new CutPolicy(true, 4, TimeSpan.Zero) });
        for (var version = 1; version <= 4; version++)
        {
            Tell(ActorId.Sequencer, At(version), rig);
        }

        Waited(rig).ShouldBe("the cut: server-0, server-1");
        Tell(ActorId.Sequencer, new Milestone(1, Cut: true, Evaluate: true, At(4), null), rig);
        Tell(ActorId.Server(0), new Marked(1, 0, 4), rig);
        Waited(rig).ShouldBe("the evaluation: worker-0, worker-1");
        Tell(ActorId.Worker(1), new Evaluated(1, 4, 1, default), rig);
        Waited(rig).ShouldBe("the evaluation: worker-0");
        Tell(ActorId.Worker(0), new Evaluated(1, 4, 0, default), rig);
        Tell(ActorId.Worker(0), new Evaluated(1, 4, 2, default), rig);
        Waited(rig).ShouldBe("the cut: server-1");
    }

    [Fact]
    public void It_is_said_after_two_seconds_without_progress_and_every_two_seconds_then()
    {
        var rig = Running(Plan);
        var begun = rig.Now;
        rig.Now = begun + TimeSpan.FromSeconds(1.5);
        Tell(ActorId.Sequencer, At(1) with { IsDrained = false }, rig);
        Fire(rig, begun + TimeSpan.FromSeconds(2)).ShouldBe(TimeSpan.FromSeconds(1.5));
        rig.Observed<Waiting>().ShouldBeEmpty();
        Fire(rig, begun + TimeSpan.FromSeconds(3.5)).ShouldBe(TimeSpan.FromSeconds(2));
        rig.Observed<Waiting>().Single().Since.ShouldBe(TimeSpan.FromSeconds(2));
        Fire(rig, begun + TimeSpan.FromSeconds(5.5)).ShouldBe(TimeSpan.FromSeconds(2));
        rig.Observed<Waiting>().Single().Since.ShouldBe(TimeSpan.FromSeconds(4));
    }

    private static ActorRig RigOf(RunPlan plan) => new(ActorId.Coordinator, _ => new CoordinatorActor(plan));

    private static ActorRig Running(RunPlan plan)
    {
        var rig = RigOf(plan);
        Tell(ActorId.Worker(0), new Join(1), rig);
        Tell(ActorId.Worker(1), new Join(1), rig);
        rig.OpenGeneration(1, servers: 2);
        return rig;
    }

    private static Progress At(long version) => Plans.Progress(1, version, samples: 6 * version, horizon: version);

    private static void Tell<T>(ActorId from, T message, ActorRig rig)
        where T : struct, IMessage => rig.Tell(from, message);

    private void Tell<T>(ActorId from, T message)
        where T : struct, IMessage => _rig.Tell(from, message);

    private string Waited() => Waited(_rig);

    private static string Waited(ActorRig rig)
    {
        Fire(rig, rig.Now += TimeSpan.FromSeconds(100));
        var waiting = rig.Observed<Waiting>().Single();
        return $"{waiting.What}: {string.Join(", ", waiting.For.Select(Text))}";
    }

    private static string Text(Awaited awaited) =>
        $"{awaited.Actor}{(awaited.Step < 0 ? "" : $" step {awaited.Step}")}{(awaited.EndLane == 0 ? "" : $" lanes {awaited.FirstLane}-{awaited.EndLane}")}";

    /// <summary>When the timer is to fire next.</summary>
    private static TimeSpan Fire(ActorRig rig, TimeSpan now)
    {
        rig.Turn(Input.TimerFired(now, TimerKind.Stall));
        return rig.Effects.Single(effect => effect.Kind == EffectKind.SetTimer).Delay;
    }
}
