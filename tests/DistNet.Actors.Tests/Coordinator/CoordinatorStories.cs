using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class CoordinatorStories
{
    private readonly ActorRig _rig = new(ActorId.Coordinator, _ => new CoordinatorActor(Plans.Small(cuts: new CutPolicy(true, 3, TimeSpan.Zero))));
    private long _reached;

    [Fact]
    public void A_request_to_join_that_comes_after_the_news_of_its_end_places_nobody()
    {
        Run(generation: 1);
        _rig.Tell(ActorId.Worker(0), new Join(7));
        _rig.Sent<Placement>()[0].Message.Workers.ShouldBe([new WorkerLife(0, 7)]);
        _rig.Turn(Input.PeerDown(default, ActorId.Worker(0), 7));
        _rig.Sent<Placement>()[0].Message.Workers.ShouldBeEmpty();
        _rig.Tell(ActorId.Worker(0), new Join(7));
        _rig.Sent<Placement>().ShouldBeEmpty();
    }

    [Fact]
    public void A_second_answer_to_the_last_milestone_does_not_complete_the_next_one()
    {
        Run(generation: 1);
        TakeCut(generation: 1, version: 3);
        Reach(generation: 1, version: 6);
        _rig.Sent<Checkpoint>().Count.ShouldBe(1);
        _rig.Tell(ActorId.Sequencer, new Milestone(1, Cut: true, Evaluate: false, At(1, 6), null));
        Answer(1, 3, server: 0);
        Answer(1, 3, server: 1);
        _rig.Does(EffectKind.Store).ShouldBeFalse();
        Answer(1, 6, server: 0);
        Answer(1, 6, server: 1);
        _rig.Only<CoordinatorRecord>(EffectKind.Store).Cuts.Select(cut => cut.Version).ShouldBe([3, 6]);
    }

    [Fact]
    public void The_run_waits_at_the_next_milestone_while_the_last_is_being_stored()
    {
        Run(generation: 1);
        Reach(1, 3);
        _rig.Tell(ActorId.Sequencer, new Milestone(1, Cut: true, Evaluate: false, At(1, 3), null));
        _rig.Tell(ActorId.Server(0), new Marked(1, 0, 3));
        _rig.Tell(ActorId.Server(1), new Marked(1, 1, 3));
        _rig.Sent<RunUntil>().Single().Message.Version.ShouldBe(5);
        Reach(1, 6);
        _rig.Sent<RunUntil>().ShouldBeEmpty();
        Answer(1, 3, server: 0);
        Answer(1, 3, server: 1);
        _rig.Turn(Input.Stored(default, DurableKey.Record, _rig.Only<CoordinatorRecord>(EffectKind.Store)));
        _rig.Sent<Checkpoint>().Count.ShouldBe(1);
    }

    [Fact]
    public void A_cut_that_cannot_be_read_gives_way_to_the_one_before()
    {
        Run(generation: 1);
        TakeCut(1, 3);
        TakeCut(1, 6);
        Lose(server: 1, incarnation: 2);
        Recorded().ShouldBe(6);
        _rig.Tell(ActorId.Server(1), new Rewound(2, 1, Ok: false, 0));
        _rig.Observed<CutUnreadable>().ShouldBe([new CutUnreadable(6, 1)]);
        Recorded().ShouldBe(3);
        _rig.Tell(ActorId.Server(0), new Rewound(2, 0, Ok: true, 0));
        _rig.Observed<GenerationOpened>().ShouldBeEmpty();
        _rig.Tell(ActorId.Server(0), new Rewound(3, 0, Ok: true, 0));
        _rig.Tell(ActorId.Server(1), new Rewound(3, 1, Ok: true, 0));
        _rig.Observed<GenerationOpened>().ShouldBe([new GenerationOpened(3, 3)]);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_copy_is_given_back_only_if_it_is_of_the_cut_to_go_back_to(long copied, bool isGiven)
    {
        var plan = Plans.Small() with { Replicates = true };
        var record = new CoordinatorRecord(5, 2, [CompleteCut.Start with { Version = 3, Generation = 1 }]);
        var rig = new ActorRig(ActorId.Coordinator, _ => new CoordinatorActor(plan), record);
        rig.Tell(ActorId.Server(0), new Join(1));
        rig.Tell(ActorId.Server(1), new Join(1));

        rig.Tell(ActorId.Server(0), new FetchCut(3, 0, 3));
        rig.Does(EffectKind.Load).ShouldBeTrue();
        rig.Turn(Input.Loaded(default, DurableKey.Copy(0, 3), Cuts.Of(plan, rig.Pool, version: 3, generation: copied)));

        rig.Sent<CutPart>().Any().ShouldBe(isGiven);
        rig.Sent<CutMissing>().Any().ShouldBe(!isGiven);
        rig.Settle();
        rig.Pool.Outstanding.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 2L)]
    [InlineData(7, 8L)]
    public void A_worker_that_knows_a_generation_nobody_has_told_it_of_begins_a_higher_one(long known, long? opened)
    {
        Run(generation: 1);
        _rig.Tell(ActorId.Worker(0), new Join(1, Generation: known));
        _rig.Sent<Placement>().Count.ShouldBe(opened is null ? 4 : 0);
        _rig.Effects.Select(effect => effect.Body).OfType<CoordinatorRecord>().Select(record => (long?)record.Generation).SingleOrDefault().ShouldBe(opened);
    }

    [Fact]
    public void Whoever_watches_hears_when_a_milestone_begins_and_when_a_generation_is_waited_for()
    {
        Run(generation: 1);
        Reach(1, 3);
        _rig.Observed<MilestoneBegan>().ShouldBe([new MilestoneBegan(3, Cut: true, Evaluate: false)]);
        _rig.Turn(Input.PeerDown(default, ActorId.Worker(0), 1));
        _rig.Observed<GenerationAwaited>().ShouldBeEmpty();
        _rig.Turn(Input.PeerDown(default, ActorId.Server(1), 1));
        _rig.Observed<GenerationAwaited>().ShouldBe([new GenerationAwaited(1)]);
    }

    private void Run(long generation)
    {
        _rig.OpenGeneration(generation, servers: 2);
        _rig.Observed<GenerationOpened>().Count.ShouldBe(1);
    }

    /// <summary>The record is stored; the version that servers are told to go back to.</summary>
    private long Recorded()
    {
        _rig.Turn(Input.Stored(default, DurableKey.Record, _rig.Only<CoordinatorRecord>(EffectKind.Store)));
        return _rig.Sent<Rewind>().Select(rewind => rewind.Message.Cut.Version).Distinct().Single();
    }

    private void Lose(int server, long incarnation)
    {
        _rig.Turn(Input.PeerDown(default, ActorId.Server(server), incarnation - 1));
        _rig.Tell(ActorId.Server(server), new Join(incarnation));
    }

    private void Reach(long generation, long version)
    {
        while (_reached < version)
        {
            _rig.Tell(ActorId.Sequencer, At(generation, ++_reached));
        }
    }

    private void TakeCut(long generation, long version)
    {
        Reach(generation, version);
        _rig.Tell(ActorId.Sequencer, new Milestone(generation, Cut: true, Evaluate: false, At(generation, version), null));
        Answer(generation, version, server: 0);
        Answer(generation, version, server: 1);
        _rig.Turn(Input.Stored(default, DurableKey.Record, _rig.Only<CoordinatorRecord>(EffectKind.Store)));
        _rig.Observed<CutTaken>().ShouldBe([new CutTaken(version)]);
    }

    private void Answer(long generation, long version, int server)
    {
        _rig.Tell(ActorId.Server(server), new Marked(generation, server, version));
        _rig.Tell(ActorId.Server(server), new Cut(generation, server, version));
    }

    private static Progress At(long generation, long version) =>
        Plans.Progress(generation, version, samples: 6 * version, horizon: version);
}
