namespace DistNet.Simulation;

/// <summary>The run ends, by its deadline and in good order; a hang is a failure too.</summary>
public sealed class FinishChecker : IRunChecker
{
    public string? Problem(SimulationResult result) => result.Failure;
}
