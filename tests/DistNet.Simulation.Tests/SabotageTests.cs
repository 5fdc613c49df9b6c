using DistNet.Actors;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>The checks themselves are checked: something is broken on purpose, and they have to see it.</summary>
public sealed class SabotageTests
{
    [Fact]
    public void Nothing_broken_is_no_problem()
    {
        Problem("bsp", (_, envelope) => envelope).ShouldBeNull();
        Problem("asp", (_, envelope) => envelope).ShouldBeNull();
    }

    [Fact]
    public void A_gradient_applied_twice_is_seen() =>
        Problem("bsp", (_, envelope) =>
        {
            if (envelope is Envelope<Push> { Message: { Step: 7, Node.First: 2 } } push)
            {
                Double(push.Message.Gradient.Span);
            }

            return envelope;
        }).ShouldNotBeNull().ShouldStartWith("weights");

    [Fact]
    public void A_fold_in_another_order_is_seen() =>
        Problem("bsp", (saboteur, envelope) => envelope is Envelope<Push> { Message: { Node: { IsLeaf: true, First: 1 or 2 } node } } push
            ? saboteur.With(envelope, push.Message with { Node = TreeNode.Leaf(3 - node.First) })
            : envelope).ShouldNotBeNull().ShouldStartWith("weights");

    [Fact]
    public void An_update_not_counted_by_the_coordinator_is_seen() =>
        Problem("asp", (saboteur, envelope) => envelope is Envelope<Progress> progress
            ? saboteur.With(envelope, progress.Message with { Samples = progress.Message.Samples - 1 })
            : envelope).ShouldNotBeNull().ShouldStartWith("The ledger does not balance");

    [Fact]
    public void Updates_applied_in_another_order_by_one_server_are_seen() =>
        Problem("asp", (saboteur, envelope) => envelope is Envelope<Final> { Message.Partition: 1 } final
            ? saboteur.With(envelope, final.Message with { Log = final.Message.Log.Add(final.Message.Log.Version, 0, 0, 0) })
            : envelope).ShouldNotBeNull().ShouldStartWith("server-1 has applied other updates");

    [Fact]
    public void A_server_refuses_to_apply_a_unit_that_it_does_not_hold()
    {
        ScaledUnit? first = null;
        Should.Throw<InvalidOperationException>(() => Problem("asp", (saboteur, envelope) =>
        {
            if (envelope is Envelope<Apply> { Message: { Version: 9, Units.Count: 1 } } apply)
            {
                first ??= apply.Message.Units[0] with { Unit = apply.Message.Units[0].Unit with { Step = 0 } };
                var lane = apply.Message.Units[0].Unit.Lane;
                return saboteur.With(envelope, apply.Message with { Units = [first.Value with { Unit = first.Value.Unit with { Lane = lane } }] });
            }

            return envelope;
        })).Message.ShouldEndWith("is to be applied, and is not here.");
    }

    [Fact]
    public void Word_that_never_arrives_is_seen_as_a_hang() =>
        Problem("bsp", (_, envelope) => envelope is Envelope<Applied> ? null : envelope).ShouldNotBeNull().ShouldStartWith("hangs");

    [Fact]
    public void A_rule_that_never_applies_is_seen_as_a_hang()
    {
        var schedule = ScheduleOf("asp");
        schedule = schedule with { Plan = schedule.Plan with { Rules = new RuleSchedule(new IdleRule()) } };
        RunRecord.Of(schedule).Problem.ShouldNotBeNull().ShouldStartWith("hangs");
    }

    [Fact]
    public void A_tensor_kept_is_seen_as_a_leak() =>
        Problem("bsp", (_, envelope) =>
        {
            if (envelope is Envelope<Push> { Message.Step: 3 })
            {
                envelope.Tensor.Retain();
            }

            return envelope;
        }).ShouldNotBeNull().ShouldEndWith("tensors leaked");

    [Fact]
    public void An_evaluation_of_other_weights_is_seen() =>
        Problem("bsp", (saboteur, envelope) => envelope is Envelope<Evaluated> evaluated
            ? saboteur.With(envelope, evaluated.Message with { Score = evaluated.Message.Score with { Loss = 1 } })
            : envelope).ShouldNotBeNull().ShouldContain("was never due");

    private static string? Problem(string rule, Func<Saboteur, Envelope, Envelope?> alter) =>
        RunRecord.Of(ScheduleOf(rule), wrap: (id, actor) =>
        {
            Saboteur? saboteur = null;
            return saboteur = new Saboteur(id, actor, envelope => alter(saboteur!, envelope));
        }).Problem;

    private static Schedule ScheduleOf(string rule)
    {
        var scenario = new Scenario(rule, 4, OptimizerKind.Momentum, null, null);
        var plan = scenario.Plan(2, new CutPolicy(true, 3, TimeSpan.Zero));
        return new Schedule(0, scenario, 4, plan, SimulationOptions.Jittery(0) with { Deadline = TimeSpan.FromSeconds(30) });
    }

    private static void Double(Span<float> gradient)
    {
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= 2;
        }
    }

    private sealed class IdleRule : SequencedRule
    {
        public override string Name => "idle";

        public override int UnitsPerUpdate(int lanes) => 1;

        public override bool IsDue(int lane, long step, long version) => false;

        public override bool MayStart(in LaneStanding lane, in RunStanding run) => true;
    }
}
