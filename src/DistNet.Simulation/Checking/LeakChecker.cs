namespace DistNet.Simulation;

/// <summary>When all is over, no living node holds a tensor.</summary>
public sealed class LeakChecker : IRunChecker
{
    public string? Problem(SimulationResult result) => result.LeakedTensors > 0 ? $"{result.LeakedTensors} tensors leaked" : null;
}
