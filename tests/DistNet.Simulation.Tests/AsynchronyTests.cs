using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>What runs say of their asynchrony, where it is known what they must say.</summary>
public sealed class AsynchronyTests
{
    /// <summary>Shorter by half a percent at most: the first P units have not been aged by all others yet.</summary>
    [Theory]
    [InlineData("constant:1s", 8)]
    [InlineData("exp:1s", 8)]
    [InlineData("pareto:1s,2.5", 32)]
    public void In_asp_mean_staleness_is_lanes_less_one_and_that_is_momentum(string law, int lanes)
    {
        var updates = 100L * lanes;
        var seen = Simulated.Run(Simulated.Setup(new NoObjective(), "asp", lanes, updates, DelayLawText.Parse(law))).Observed.Asynchrony;
        seen.Staleness!.Mean.ShouldBe(lanes - 1, 0.01 * (lanes - 1));
        seen.Staleness.Histogram.Sum(range => range.Units).ShouldBe(updates);
        seen.Staleness.Histogram[^1].To.ShouldBe(seen.Staleness.Max);
        seen.ImplicitMomentum!.Value.ShouldBe(1 - (1.0 / lanes), 0.01);
    }

    [Fact]
    public void What_was_rolled_back_is_not_in_the_histogram()
    {
        const int Updates = 1000;
        var setup = Simulated.Setup(new NoObjective(), "asp", 4, Updates, DelayLaw.Exponential(TimeSpan.FromSeconds(1)));
        var run = Simulated.Run(setup with
        {
            Plan = setup.Plan with { Cuts = new CutPolicy(true, 100, TimeSpan.Zero), Replicates = true },
            Options = setup.Options with
            {
                SharesMemory = false,
                Kills = [new Kill(TimeSpan.FromSeconds(90), new NodeName(Role.Server, 0), TimeSpan.FromSeconds(1))],
            },
        });
        run.Result.Generations.ShouldBe(2);
        run.Result.Summary!.Ledger.RolledBack.ShouldBeGreaterThan(0);
        var staleness = run.Observed.Asynchrony.Staleness!;
        staleness.Histogram.Sum(range => range.Units).ShouldBe(Updates);
        (staleness.Histogram.Sum(range => range.Units * range.From) / (double)Updates).ShouldBe(run.Result.Summary.StalenessMean, 1e-9);
        staleness.Mean.ShouldBe(run.Result.Summary.StalenessMean);
    }

    [Theory]
    [InlineData("bsp")]
    [InlineData("ksync:4")]
    [InlineData("local:3")]
    public void By_barriers_all_wait_for_the_slow_worker_and_it_for_nobody(string rule)
    {
        const int Slow = 2;
        var setup = Simulated.Setup(new NoObjective(), rule, 4, 60, DelayLaw.Constant(TimeSpan.FromSeconds(1)));
        var service = setup.Options.Service with { SlowDown = new Dictionary<int, double> { [Slow] = 4 } };
        var waiting = Simulated.Run(setup with { Options = setup.Options with { Service = service } }).Observed.Asynchrony.Waiting!;
        waiting.Select(worker => worker.Worker).ShouldBe(["worker-0", "worker-1", "worker-2", "worker-3"]);
        waiting[Slow].WaitSeconds.ShouldBe(0, 1e-9);
        foreach (var worker in waiting.Where(worker => worker.Worker != "worker-2"))
        {
            worker.Causes[0].For.ShouldBe("worker-2");
            worker.Causes[0].Seconds.ShouldBe(worker.WaitSeconds, 1e-9);
            (worker.WaitSeconds / worker.ComputeSeconds).ShouldBe(3, 0.1);
        }
    }

    [Fact]
    public void In_asp_nobody_waits_and_by_barriers_nothing_is_stale()
    {
        var exponential = DelayLaw.Exponential(TimeSpan.FromSeconds(1));
        var asp = Simulated.Run(Simulated.Setup(new NoObjective(), "asp", 4, 400, exponential)).Observed.Asynchrony;
        asp.Waiting!.Sum(worker => worker.WaitSeconds).ShouldBe(0, 1e-9);
        var bsp = Simulated.Run(Simulated.Setup(new NoObjective(), "bsp", 4, 100, exponential)).Observed.Asynchrony;
        (bsp.Staleness, bsp.ImplicitMomentum, bsp.Drift).ShouldBe((null, null, null));
    }

    [Fact]
    public void The_weights_of_a_quadratic_move_between_reading_and_updating()
    {
        var asynchrony = Simulated.Run(Simulated.Setup(
            new QuadraticObjective { Noise = 1 }, "asp", 4, 400, DelayLaw.Exponential(TimeSpan.FromSeconds(1)))).Observed.Asynchrony;
        asynchrony.Drift!.Updates.ShouldBe((400 / 32) + 1);
        asynchrony.Drift.Mean.ShouldBeGreaterThan(0);
    }
}
