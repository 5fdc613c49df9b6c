using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;
using Xunit.Abstractions;

namespace DistNet.Simulation.Tests;

/// <summary>A worker that is alive and slow holds nobody up for long, and the bits are those of a run without it.</summary>
public sealed class LateLanesTests(ITestOutputHelper output)
{
    private const int Slow = 1;

    private static readonly ServiceModel Usual = ServiceModel.Of(DelayLaw.Exponential(TimeSpan.FromMilliseconds(100)));

    [Theory]
    [InlineData(2, null)]
    [InlineData(4, null)]
    [InlineData(4, 0.5f)]
    public void Lanes_of_a_slow_worker_are_run_elsewhere_too(int workers, float? clipNorm)
    {
        var schedule = ScheduleOf(workers, clipNorm);
        var helped = RunRecord.Of(schedule);
        var alone = RunRecord.Of(schedule with { Plan = schedule.Plan with { HelpsLateWorkers = false } });
        var undisturbed = RunRecord.Of(AllAlike(schedule));
        helped.Result.WeightsSha256.ShouldNotBeNull().ShouldBe(undisturbed.Result.WeightsSha256);
        alone.Result.WeightsSha256.ShouldBe(undisturbed.Result.WeightsSha256);
        helped.Result.LeakedTensors.ShouldBe(0);
        output.WriteLine($"{helped.Result.VirtualTime} with help, {alone.Result.VirtualTime} without, {undisturbed.Result.VirtualTime} if none were slow");
        helped.Result.VirtualTime.ShouldBeLessThan(alone.Result.VirtualTime / 2);
        Redispatched(helped).ShouldBe(helped.Late.Sum(late => schedule.Plan.SamplesOf(late.Step, new LaneRange(late.FirstLane, late.EndLane))));
        Redispatched(helped).ShouldBeGreaterThan(0);
        Redispatched(alone).ShouldBe(0);
    }

    [Fact]
    public void Every_step_of_a_slow_worker_is_helped_once_and_no_step_of_another()
    {
        var run = RunRecord.Of(ScheduleOf(4, null));
        run.Late.ShouldAllBe(late => late.Worker == Slow && late.Helper != Slow);
        run.Late.Select(late => late.Step).ShouldBeUnique();
        run.Late.Count.ShouldBeGreaterThan(Scenario.Versions / 2);
    }

    [Fact]
    public void Nobody_is_late_where_all_are_alike() => RunRecord.Of(AllAlike(ScheduleOf(4, null))).Late.ShouldBeEmpty();

    /// <summary>Looking for late workers costs a run about an input a second.</summary>
    [Fact]
    public void The_clock_of_lateness_ticks_slowly()
    {
        var schedule = AllAlike(ScheduleOf(4, null));
        var watched = RunRecord.Of(schedule).Result;
        var unwatched = RunRecord.Of(schedule with { Plan = schedule.Plan with { HelpsLateWorkers = false } }).Result;
        watched.VirtualTime.ShouldBe(unwatched.VirtualTime);
        (watched.Events - unwatched.Events).ShouldBeInRange(1, (long)watched.VirtualTime.TotalSeconds + 1);
    }

    private static long Redispatched(RunRecord run) => run.Result.Summary!.Ledger.Redispatched;

    private static Schedule AllAlike(Schedule schedule) => schedule with { Options = schedule.Options with { Service = Usual } };

    /// <summary>Without evaluations, whose time would be that of the slow worker.</summary>
    private static Schedule ScheduleOf(int workers, float? clipNorm)
    {
        var scenario = new Scenario("bsp", Lanes: 4, OptimizerKind.Adam, clipNorm, TargetAccuracy: null);
        var plan = scenario.Plan(2, new CutPolicy(true, 3, TimeSpan.Zero)) with { HelpsLateWorkers = true, TestSamples = 0 };
        return new Schedule(3, scenario, workers, plan, SimulationOptions.Jittery(3) with
        {
            Service = Usual with { SlowDown = new Dictionary<int, double> { [Slow] = 50 } },
        });
    }
}
