using DistNet.Protocol;

namespace DistNet.Actors.Tests;

/// <summary>A run that may wait thirty seconds for its two servers and for a worker.</summary>
public sealed class GiveUpStories
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ActorRig _rig = new(ActorId.Coordinator, _ => new CoordinatorActor(Plans.Small() with { GiveUpAfter = Limit }));

    [Fact]
    public void A_run_that_nobody_joins_ends()
    {
        Set().ShouldBeTrue();
        _rig.Tell(ActorId.Server(1), new Join(1));
        (Set(), Cleared()).ShouldBe((false, false));
        Fire(30);
        _rig.Observed<RunFailed>().ShouldBe([new RunFailed("Given up: for 30 s the run has had to do without server-0 and a worker.", GaveUp: true)]);
        _rig.Effects.Count(effect => effect.Kind == EffectKind.ClearTimer).ShouldBe(3);
        _rig.Tell(ActorId.Server(0), new Join(1));
        _rig.Sent<Stop>().Select(sent => sent.To).ShouldBe([ActorId.Server(0)]);
    }

    [Fact]
    public void The_wait_ends_when_all_are_there_and_begins_anew_when_the_last_worker_goes()
    {
        _rig.Tell(ActorId.Worker(4), new Join(1));
        _rig.OpenGeneration(1, servers: 2);
        _rig.Now = TimeSpan.FromSeconds(100);
        _rig.Tell(ActorId.Worker(5), new Join(1));
        Cleared().ShouldBeTrue();
        _rig.Turn(Input.PeerDown(_rig.Now, ActorId.Worker(4), 1));
        Set().ShouldBeFalse();
        _rig.Turn(Input.PeerDown(_rig.Now, ActorId.Worker(5), 1));
        Set().ShouldBeTrue();
        Fire(130);
        _rig.Observed<RunFailed>().Single().Reason.ShouldEndWith("for 30 s the run has had to do without a worker.");
        _rig.Sent<Stop>().Select(sent => sent.To).ShouldBe([ActorId.Server(0), ActorId.Server(1)]);
    }

    [Fact]
    public void Whoever_comes_while_another_goes_does_not_lengthen_the_wait()
    {
        _rig.Now = TimeSpan.FromSeconds(20);
        _rig.Tell(ActorId.Worker(0), new Join(1));
        _rig.Turn(Input.PeerDown(_rig.Now, ActorId.Worker(0), 1));
        Set().ShouldBeFalse();
    }

    [Fact]
    public void Without_a_limit_it_waits_for_ever()
    {
        var rig = new ActorRig(ActorId.Coordinator, _ => new CoordinatorActor(Plans.Small()));
        rig.Effects.ShouldNotContain(effect => effect.Timer == TimerKind.GiveUp);
    }

    [Fact]
    public void A_run_that_only_hands_in_its_weights_needs_no_worker()
    {
        _rig.Tell(ActorId.Worker(0), new Join(1));
        _rig.OpenGeneration(1, servers: 2);
        _rig.Tell(ActorId.Sequencer, Plans.Progress(1, version: 16, samples: 88, horizon: 2));
        _rig.Sent<Stop>().ShouldNotBeEmpty();
        _rig.Turn(Input.PeerDown(_rig.Now, ActorId.Worker(0), 1));
        Fire(30);
        _rig.Observed<RunFailed>().ShouldBeEmpty();
        _rig.Turn(Input.PeerDown(_rig.Now, ActorId.Server(0), 1));
        Set().ShouldBeTrue();
    }

    private bool Set() => _rig.Effects.Any(effect => effect is { Kind: EffectKind.SetTimer, Timer: TimerKind.GiveUp } && effect.Delay == Limit);

    private bool Cleared() => _rig.Effects.Any(effect => effect is { Kind: EffectKind.ClearTimer, Timer: TimerKind.GiveUp });

    private void Fire(double seconds)
    {
        _rig.Now = TimeSpan.FromSeconds(seconds);
        _rig.Turn(Input.TimerFired(_rig.Now, TimerKind.GiveUp));
    }
}
