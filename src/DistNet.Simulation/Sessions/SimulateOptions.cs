using DistNet.Hosting;

namespace DistNet.Simulation;

/// <summary>What a simulated run needs to know besides the options of training.</summary>
public sealed record SimulateOptions
{
    /// <summary>What is minimised instead of the loss of the network; null: nothing, the network is really trained.</summary>
    public Objective? Objective { get; init; }

    public ServiceModel Service { get; init; } = new();

    public LinkModel Links { get; init; } = LinkModel.Free;

    /// <summary>What goes wrong on purpose; null: nothing.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Adds to the run whoever watches it more closely than its result tells.</summary>
    public Func<SimulationSetup, SimulationSetup> Watch { get; init; } = static setup => setup;

    /// <summary>Where a trace for chrome://tracing and Perfetto goes; null: nowhere.</summary>
    public string? TracePath { get; init; }
}
