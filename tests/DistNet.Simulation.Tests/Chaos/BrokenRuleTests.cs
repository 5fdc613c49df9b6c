using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>A rule or an actor is broken on purpose: chaos has to find it, name it and replay it.</summary>
public sealed class BrokenRuleTests
{
    private const int Enough = 60;

    [Fact]
    public void A_slack_that_is_one_too_high_is_caught() =>
        Caught("ssp", Sequencing("ssp", rule => new LooseStaleSynchronousRule(rule.StalenessBound(1)!.Value)))
            .ShouldMatch("ssp:. allows");

    [Fact]
    public void An_update_of_one_unit_too_few_is_caught() =>
        Caught("kasync", Sequencing("kasync", rule => new KAsyncRule(Math.Max(1, rule.UnitsPerUpdate(int.MaxValue) - 1))))
            .ShouldMatch("consists of . units; kasync:. wants");

    [Fact]
    public void An_update_of_one_unit_too_few_is_caught_where_the_rest_is_cancelled() =>
        Caught("ksync", Sequencing("ksync", rule => new KSyncRule(Math.Max(1, rule.UnitsPerUpdate(int.MaxValue) - 1))))
            .ShouldMatch("consists of . units; ksync:. wants");

    [Fact]
    public void A_unit_that_is_applied_twice_is_caught() =>
        Caught("asp", (_, id, actor) => id == ActorId.Sequencer ? new RepeatingSequencer(actor) : actor)
            .ShouldContain("is contained a second time");

    [Fact]
    public void Staleness_that_is_counted_after_the_update_is_caught() =>
        Caught("kasync", (_, id, actor) => id == ActorId.Coordinator ? Late(id, actor) : actor)
            .ShouldStartWith("mean staleness");

    private static string Caught(string family, Func<Schedule, ActorId, IActor, IActor> wrap)
    {
        var options = new ChaosOptions { Schedules = Enough, Family = family };
        var failure = ChaosSession.Run(options, _ => { }, wrap, CancellationToken.None).Failure.ShouldNotBeNull();
        var again = ChaosSession.Run(options with { Schedules = 1, First = failure.Seed }, _ => { }, wrap, CancellationToken.None).Failure.ShouldNotBeNull();
        (again.Problem, again.Trace).ShouldBe((failure.Problem, failure.Trace));
        failure.Command.ShouldBe($"distnet simulate --chaos 1 --seed {failure.Seed} --mode {family}");
        failure.Trace.ShouldNotBeEmpty();
        return failure.Problem;
    }

    /// <summary>A sequencer with another rule than the one that the run is held to.</summary>
    private static Func<Schedule, ActorId, IActor, IActor> Sequencing(string family, Func<SequencedRule, UpdateRule> broken) => (schedule, id, actor) =>
        id == ActorId.Sequencer && schedule.Plan.Rules[0] is SequencedRule rule && rule.Name.StartsWith(family, StringComparison.Ordinal)
            ? new SequencerActor(schedule.Plan with { Rules = new RuleSchedule(broken(rule)) })
            : actor;

    private static Saboteur Late(ActorId id, IActor actor)
    {
        Saboteur? saboteur = null;
        return saboteur = new Saboteur(id, actor, envelope => envelope is Envelope<Progress> { Message: var progress }
            ? saboteur!.With(envelope, progress with { StalenessSum = progress.StalenessSum + progress.Units })
            : envelope);
    }

    /// <summary>ssp whose lanes run one clock too far ahead.</summary>
    private sealed class LooseStaleSynchronousRule(long slack) : SequencedRule
    {
        public override string Name => "loose";

        public override LaneWeightsKind LaneWeights => LaneWeightsKind.OwnSteps;

        public override bool UpdatesAreSteps => true;

        public override int UnitsPerUpdate(int lanes) => lanes;

        public override bool MayStart(in LaneStanding lane, in RunStanding run) => lane.Step <= run.Version + slack + 1 && lane.Step < run.Horizon;

        public override bool IsDue(int lane, long step, long version) => step == version;
    }
}
