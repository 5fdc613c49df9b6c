using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Simulation.Tests;

/// <summary>Runs of objectives, a machine for each lane.</summary>
internal static class Simulated
{
    public static SimulationSetup Setup(Objective objective, string rule, int lanes, long updates, DelayLaw service, float rate = 0.1f, ulong seed = 1)
    {
        var plan = StandIn.Plan(objective, lanes, seed: seed) with
        {
            Rules = RuleSchedule.Parse(rule, lanes),
            LearningRate = new LearningRateSpec(rate),
            Steps = updates,
        };
        return SimulationSetup.Of(objective, plan, ServiceModel.Of(service));
    }

    public static SimulatedRun Run(SimulationSetup setup)
    {
        var run = Simulator.Run(setup, Unwatched.Instance);
        run.Result.Failure.ShouldBeNull();
        run.Result.LeakedTensors.ShouldBe(0);
        return run;
    }
}
