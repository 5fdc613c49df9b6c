using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class LearningRateGuardTests
{
    /// <summary>The limits of theory, worked out by simulating the recursion.</summary>
    [Theory]
    [InlineData(0, 2.000)]
    [InlineData(1, 1.000)]
    [InlineData(2, 0.618)]
    [InlineData(3, 0.445)]
    [InlineData(7, 0.2091)]
    [InlineData(15, 0.1014)]
    public void The_verdict_turns_where_rate_times_curvature_reaches_the_limit_of_the_staleness(int staleness, double limit)
    {
        const double Curvature = 4;
        Judge(Plan("asp", (float)(0.99 * limit / Curvature)), Curvature, staleness).Warns.ShouldBeFalse();
        var judged = Judge(Plan("asp", (float)(1.01 * limit / Curvature)), Curvature, staleness);
        judged.Warns.ShouldBeTrue();
        judged.Verdict.StableRate.ShouldBe(limit / Curvature, 1e-3 * limit);
        (judged.Verdict.Staleness, judged.Verdict.Curvature).ShouldBe((staleness, Curvature));
    }

    [Fact]
    public void The_rate_is_that_of_the_schedule_and_the_curvature_that_of_what_is_descended_on()
    {
        var plan = Plan("asp", 0.5f) with
        {
            LearningRate = new LearningRateSpec(0.5f, ScheduleKind.Step, Drops: 2, Factor: 0.1f),
            Penalty = new PenaltySpec(L2: 0.25f),
            Optimizer = new OptimizerSpec(OptimizerKind.Momentum, Momentum: 0.5),
        };
        var verdict = Judge(plan, curvature: 3, staleness: 2, samples: 60).Verdict;
        verdict.Rate.ShouldBe(0.05, 1e-6);
        verdict.Curvature.ShouldBe(3.25);
        verdict.StableRate.ShouldBe(DelayStability.Limit(2, 0.5) / 3.25, 1e-9);
    }

    [Theory]
    [InlineData("asp", OptimizerKind.Sgd, CorrectionKind.None, true)]
    [InlineData("kasync:1", OptimizerKind.Momentum, CorrectionKind.None, true)]
    [InlineData("kbatchasync:2", OptimizerKind.Sgd, CorrectionKind.None, true)]
    [InlineData("ssp:1", OptimizerKind.Sgd, CorrectionKind.None, true)]
    [InlineData("ssp:0", OptimizerKind.Sgd, CorrectionKind.None, false)]
    [InlineData("bsp", OptimizerKind.Sgd, CorrectionKind.None, false)]
    [InlineData("ksync:1", OptimizerKind.Sgd, CorrectionKind.None, false)]
    [InlineData("kbatchsync:3", OptimizerKind.Sgd, CorrectionKind.None, false)]
    [InlineData("local:2", OptimizerKind.Sgd, CorrectionKind.None, false)]
    [InlineData("easgd:0.1", OptimizerKind.Sgd, CorrectionKind.None, false)]
    [InlineData("asp", OptimizerKind.Nesterov, CorrectionKind.None, false)]
    [InlineData("asp", OptimizerKind.Adam, CorrectionKind.None, false)]
    [InlineData("asp", OptimizerKind.Sgd, CorrectionKind.StalenessRate, false)]
    [InlineData("asp", OptimizerKind.Sgd, CorrectionKind.DelayAdaptive, false)]
    public void Curvature_is_asked_for_where_the_limit_means_something(string mode, OptimizerKind optimizer, CorrectionKind correction, bool asks)
    {
        var guard = new LearningRateGuard(Plan(mode, 0.1f) with { Optimizer = new OptimizerSpec(optimizer), Correction = new CorrectionSpec(correction, 1) });
        guard.Open(default);
        guard.TryProbe(units: 0).ShouldBe(asks);
    }

    [Fact]
    public void An_estimate_costs_its_worker_a_twentieth_of_its_time_at_most()
    {
        var guard = Opened(Plan("asp", 0.1f));
        guard.TryProbe(units: 100).ShouldBeTrue();
        guard.TryProbe(units: 100 + (20 * 2 * 12) - 1).ShouldBeFalse();
        guard.TryProbe(units: 100 + (20 * 2 * 12)).ShouldBeTrue();
        guard.Open(default);
        guard.TryProbe(units: 101).ShouldBeTrue("in a new generation nothing is known");
    }

    [Fact]
    public void It_warns_once_of_a_rule_and_again_when_it_has_become_twice_as_bad()
    {
        var guard = Opened(Plan("asp@9,ssp:1", 1));
        guard.Judge(Plans.Progress(1, 0, 0, 9), 7).ShouldBeNull("nothing is measured yet");
        Warns(curvature: 1).ShouldBeTrue();
        Warns(curvature: 1).ShouldBeFalse();
        Warns(curvature: 0.1).ShouldBeFalse("it is stable now");
        Warns(curvature: 1.9).ShouldBeFalse("half as bad again is no news");
        Warns(curvature: 2.1).ShouldBeTrue();
        guard.Open(default);
        guard.Verdict.ShouldBeNull();
        Warns(curvature: 2.1).ShouldBeFalse("a generation of the same rule");
        guard.Open(new RulePhase(1, 9, 9));
        Warns(curvature: 2.1).ShouldBeTrue();

        bool Warns(double curvature)
        {
            guard.OnProbed(curvature);
            return guard.Judge(Plans.Progress(1, 0, 0, 9), 7)!.Value.Warns;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_curvature_is_not_judged_by(double curvature)
    {
        var guard = Opened(Plan("asp", 1));
        guard.OnProbed(curvature);
        guard.Judge(Plans.Progress(1, 0, 0, 9), 7).ShouldBeNull();
    }

    [Theory]
    [InlineData("asp", 7.0)]
    [InlineData("kbatchasync:2", 3.5)]
    [InlineData("kasync:2", 3.0)]
    [InlineData("ssp:2", null)]
    [InlineData("ssp:0", 0.0)]
    public void Before_staleness_is_measured_it_is_what_the_rule_gives(string mode, double? expected)
    {
        const int Lanes = 8;
        var book = new AsynchronyBook(Plans.Small(Lanes) with { Rules = RuleSchedule.Parse(mode, Lanes) });
        book.Restore(CompleteCut.Start with { Units = 1000, StalenessSum = 90_000 }, default);
        book.PresentStaleness.ShouldBe(expected);
        Advance(units: 1000 + (8 * Lanes) - 1);
        book.PresentStaleness.ShouldBe(expected);
        Advance(units: 1000 + (8 * Lanes));
        book.PresentStaleness.ShouldBe(2, "the mean since the generation began");

        void Advance(long units) => book.OnAdvanced(
            Plans.Progress(1, 1, 6, 1) with { Units = units, StalenessSum = 90_000 + (2 * (units - 1000)), Staleness = [2] }, default);
    }

    private static RateJudged Judge(RunPlan plan, double curvature, double staleness, long samples = 0)
    {
        var guard = Opened(plan);
        guard.OnProbed(curvature);
        return guard.Judge(Plans.Progress(1, 0, samples, 9), staleness)!.Value;
    }

    private static LearningRateGuard Opened(RunPlan plan)
    {
        var guard = new LearningRateGuard(plan);
        guard.Open(default);
        return guard;
    }

    private static RunPlan Plan(string mode, float rate) =>
        Plans.Small() with { Rules = RuleSchedule.Parse(mode, 2), LearningRate = new LearningRateSpec(rate) };
}
