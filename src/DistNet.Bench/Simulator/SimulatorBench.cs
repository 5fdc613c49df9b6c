using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Simulation;

namespace DistNet.Bench;

/// <summary>Inputs a second that the simulator gives to actors, on one thread, where gradients cost nothing.</summary>
public static class SimulatorBench
{
    private static readonly int[] Lanes = [8, 64, 1000];

    private static readonly string[] Rules = ["asp", "bsp"];

    /// <param name="measure">How often, and how long each run is to last about.</param>
    /// <param name="progress">Takes a line for each size.</param>
    /// <param name="stop">Ends the measuring.</param>
    public static SimulatorBenchReport Run(MeasureOptions measure, Action<string> progress, CancellationToken stop)
    {
        var results = new List<SimulatorResult>();
        foreach (var rule in Rules)
        {
            foreach (var lanes in Lanes)
            {
                progress($"measuring {rule}, {lanes} lanes");
                results.Add(Measure(rule, lanes, measure, stop));
            }
        }

        return new SimulatorBenchReport(MachineReport.OfThis(), measure, results);
    }

    /// <summary>A short run warms up and tells how long the others have to be.</summary>
    private static SimulatorResult Measure(string rule, int lanes, MeasureOptions measure, CancellationToken stop)
    {
        var units = Math.Max(20_000L, lanes * 10L);
        var first = RunOnce(rule, lanes, units, stop);
        units = Math.Max(lanes, (long)(units * measure.SecondsPerTurn / first.RealTime.TotalSeconds));
        var runs = Enumerable.Range(0, measure.Rounds).Select(_ => RunOnce(rule, lanes, units, stop)).ToArray();
        return new SimulatorResult(rule, lanes, runs[0].Result.Events, Spread.Of(runs.Select(run => run.EventsPerSecond)));
    }

    private static SimulatedRun RunOnce(string rule, int lanes, long units, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var objective = new NoObjective();
        var plan = StandIn.Plan(objective, lanes) with
        {
            Rules = RuleSchedule.Parse(rule, lanes),
            LearningRate = new LearningRateSpec(0.1f),
            Steps = rule == "asp" ? units : Math.Max(1, units / lanes),
        };
        var service = ServiceModel.Of(DelayLaw.Exponential(TimeSpan.FromMilliseconds(10)));
        return DistNet.Simulation.Simulator.Run(SimulationSetup.Of(objective, plan, service), Unwatched.Instance, stop);
    }
}
