using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>How a simulated run ended.</summary>
/// <param name="Summary">The finished run; null when it failed or hangs.</param>
/// <param name="WeightsSha256">Of the final weights, lower-case hex; null when there are none.</param>
/// <param name="Failure">Why there is no summary, or null.</param>
/// <param name="LeakedTensors">Tensors that living nodes still hold.</param>
/// <param name="Generations">Generations that were opened.</param>
/// <param name="Events">Inputs that actors were given.</param>
/// <param name="VirtualTime">When it ended.</param>
public sealed record SimulationResult(
    RunSummary? Summary,
    string? WeightsSha256,
    string? Failure,
    int LeakedTensors,
    int Generations,
    long Events,
    TimeSpan VirtualTime);
