using MathNet.Numerics.Distributions;

namespace DistNet.Lab.Tests;

/// <summary>Predictions against the truth that the recorded times were drawn from.</summary>
public sealed class PlannerTests
{
    private const int Workers = 8;
    private const ulong Seed = 7;

    public static TheoryData<ServiceLaw, int> Cells
    {
        get
        {
            var cells = new TheoryData<ServiceLaw, int>();
            foreach (var law in new ServiceLaw[] { new ShiftedExponential(1, 1), new Lognormal(0, 0.5), new Gaussian(1, 0.2) })
            {
                foreach (var k in new[] { 8, 7, 4 })
                {
                    cells.Add(law, k);
                }
            }

            return cells;
        }
    }

    /// <summary>
    /// 4000 recorded times predict the time of K-sync within 1.3 %, and four standard errors of the resampling. What the 4000 themselves are off by
    /// chance is in the 1.3 %.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void Resampling_predicts_whatever_the_law(ServiceLaw law, int k)
    {
        var planner = new Planner(Recorded(law));
        var prediction = planner.Predict(Model($"ksync:{k}"), Workers);
        var truth = OrderStatistic(law, k);
        var error = (prediction.SecondsPerUpdate / truth) - 1;
        var monteCarlo = prediction.StandardError / truth;
        monteCarlo.ShouldBeLessThan(0.005);
        Math.Abs(error).ShouldBeLessThan(0.013 + (4 * monteCarlo), $"{law}, k {k}: error {error:P2}, standard error {monteCarlo:P2}, seed {Seed}");
    }

    /// <summary>The formula is right where the law is, and far off where it is not: why the planner shows it beside, and does not use it.</summary>
    [Fact]
    public void The_fitted_formula_does_not()
    {
        double Error(ServiceLaw law) => (new Planner(Recorded(law)).Predict(Model("bsp"), Workers).ClosedForm!.Value / OrderStatistic(law, 8)) - 1;
        Math.Abs(Error(new ShiftedExponential(1, 1))).ShouldBeLessThan(0.02);
        Error(new Gaussian(1, 0.2)).ShouldBeGreaterThan(0.15);
    }

    [Fact]
    public void Every_rule_that_theory_knows_is_predicted_as_theory_says()
    {
        var law = new ShiftedExponential(1, 1);
        var planner = new Planner(Recorded(law));
        var asp = planner.Predict(Model("asp"), Workers);
        asp.MeanStaleness!.Value.ShouldBe(7, 0.01);
        asp.GradientsPerSecond.ShouldBe(4, 0.1);
        asp.SamplesPerSecond.ShouldBe(32 * asp.GradientsPerSecond, 1e-9);
        planner.Predict(Model("ssp:2"), Workers).GradientsPerSecond.ShouldBe(3.48, 0.08);
        planner.Predict(Model("backup:1"), Workers).DroppedShare.ShouldBe(1 / 8.0);
        planner.Predict(Model("kbatchasync:4"), Workers).MeanStaleness!.Value.ShouldBe(7 / 4.0, 0.01);
        planner.Predict(Model("local:4"), Workers).MeanStaleness.ShouldBeNull();
    }

    [Fact]
    public void A_worker_that_is_slow_for_good_stays_slow()
    {
        var run = Recorded(new ShiftedExponential(1, 1));
        var slow = run with { Laws = [new RecordedTimes(run.Laws[0].Times.Select(time => 2 * time)), .. run.Laws.Skip(1)] };
        new Planner(slow).Predict(Model("ssp:8"), Workers).GradientsPerSecond.ShouldBe(StaleSynchronous.ThroughputLimit(8, 4), 0.1);
    }

    /// <summary>A machine that is slow for a while slows all of its workers: none of them waits for another.</summary>
    [Fact]
    public void What_slows_all_workers_at_once_is_no_waiting()
    {
        var moods = new RecordedTimes(Enumerable.Range(0, 500).Select(step => step / 50 % 2 == 0 ? 1.0 : 3.0));
        var planner = new Planner(new RecordedRun("runs/a", "bsp", [.. Enumerable.Repeat(moods, Workers)], 32, 8 * 32 / 2.1));
        planner.Exchange.ShouldBe(0.1, 0.05);
        planner.Predict(Model("bsp"), Workers).SecondsPerUpdate.ShouldBe(2.1, 0.05);
        planner.Predict(Model("ksync:4"), Workers).SecondsPerUpdate.ShouldBe(2.1, 0.05);
    }

    /// <summary>What an update takes beside computing is found from the run's speed, and counted for other rules.</summary>
    [Theory]
    [InlineData("bsp", 8)]
    [InlineData("asp", 1)]
    [InlineData("local:4", 32)]
    public void The_exchange_is_found_from_the_speed_of_the_run(string rule, int gradients)
    {
        const double Exchange = 0.3;
        var run = Recorded(new Gaussian(1, 0.2)) with { Rule = rule };
        var time = Model(rule).Reference.Run(new ServiceTimes(run.Laws, seed: 99, Exchange), 20_000, 100).TimePerUpdate;
        var planner = new Planner(run with { SamplesPerSecond = gradients * 32 / time });
        planner.Exchange.ShouldBe(Exchange, 0.03);
        planner.Predict(Model("asp"), Workers).GradientsPerSecond.ShouldBe(8 / 1.3, 0.2);
    }

    [Fact]
    public void A_run_that_is_faster_than_its_service_times_has_no_exchange() =>
        new Planner(Recorded(new Gaussian(1, 0.2)) with { SamplesPerSecond = 1e6 }).Exchange.ShouldBe(0);

    private static RuleModel Model(string rule) => RuleModel.Find(rule, Workers, out _)!;

    private static RecordedRun Recorded(ServiceLaw law)
    {
        var times = new ServiceTimes(law, Workers, Seed + 1000);
        RecordedTimes[] laws = [.. Enumerable.Range(0, Workers).Select(worker => new RecordedTimes(Enumerable.Range(0, 500).Select(_ => times.Next(worker))))];
        return new RecordedRun("runs/a", "bsp", laws, 32, null);
    }

    /// <summary>E[X_(k:8)] of any law: the integral of its quantiles over the Beta law of the k-th of 8 uniform numbers.</summary>
    private static double OrderStatistic(ServiceLaw law, int k)
    {
        const int Points = 200_000;
        return Enumerable.Range(0, Points).Average(i => law.Quantile((i + 0.5) / Points) * Beta.PDF(k, Workers - k + 1, (i + 0.5) / Points));
    }
}
