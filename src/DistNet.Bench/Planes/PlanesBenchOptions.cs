namespace DistNet.Bench;

/// <summary>What <see cref="PlanesBench"/> measures.</summary>
public sealed record PlanesBenchOptions
{
    public MeasureOptions Measure { get; init; } = new();

    /// <summary>The program and the arguments that make it the other side (<see cref="PlanePeer"/>); the ports are added.</summary>
    public required IReadOnlyList<string> PeerCommand { get; init; }

    /// <summary>Round trips of a small message, each time.</summary>
    public int RoundTrips { get; init; } = 2000;
}
