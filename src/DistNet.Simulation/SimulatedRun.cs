using DistNet.Hosting;

namespace DistNet.Simulation;

/// <summary>A simulated run that has ended.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Observed">What was observed of it: losses, scores, hash.</param>
/// <param name="RealTime">How long the simulation took.</param>
public sealed record SimulatedRun(SimulationResult Result, RunObserver Observed, TimeSpan RealTime)
{
    public double EventsPerSecond => Result.Events / RealTime.TotalSeconds;
}
