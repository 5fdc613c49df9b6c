using DistNet.Actors;
using DistNet.Learning;

namespace DistNet.Simulation.Tests;

/// <summary>Epochs that last several times as long as the time from cut to cut.</summary>
public sealed class TimedCutsTests
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("bsp", 4)]
    [InlineData("asp", 22)]
    public void Cuts_come_by_the_clock_within_epochs_and_change_nothing(string rule, int updatesAnEpoch)
    {
        var run = RunRecord.Of(ScheduleOf(rule, Every));
        run.Problem.ShouldBeNull();
        ((double)run.Cuts.Count).ShouldBeInRange(run.Result.VirtualTime / Every / 4, (run.Result.VirtualTime / Every) + 1);
        run.Cuts.Count(version => version % updatesAnEpoch != 0).ShouldBeGreaterThan(run.Cuts.Count / 2);
    }

    /// <summary>Nothing is evaluated here: only what is evaluated makes a run wait for the disk.</summary>
    [Fact]
    public void A_disk_that_is_slower_than_cuts_are_due_holds_nobody_up()
    {
        var schedule = ScheduleOf("bsp", Every);
        schedule = schedule with { Plan = schedule.Plan with { TestSamples = 0 }, Options = schedule.Options with { Store = DelayLaw.Exponential(TimeSpan.FromSeconds(3)) } };
        var run = RunRecord.Of(schedule);
        var none = RunRecord.Of(schedule with { Plan = schedule.Plan with { Cuts = CutPolicy.Never } });
        run.Cuts.Count.ShouldBeGreaterThan(2);
        run.LastUpdate.ShouldBeInRange(none.LastUpdate * 0.9, none.LastUpdate * 1.1);
        run.Result.WeightsSha256.ShouldNotBeNull().ShouldBe(none.Result.WeightsSha256);
    }

    private static Schedule ScheduleOf(string rule, TimeSpan every)
    {
        var scenario = new Scenario(rule, Lanes: 2, OptimizerKind.Adam, ClipNorm: null, TargetAccuracy: null);
        var plan = scenario.Plan(2, new CutPolicy(true, null, every));
        return new Schedule(4, scenario, 2, plan, SimulationOptions.Jittery(4) with
        {
            Service = ServiceModel.Of(DelayLaw.Exponential(TimeSpan.FromSeconds(1))),
            Evaluation = DelayLaw.Exponential(TimeSpan.FromSeconds(1)),
        });
    }
}
