namespace DistNet.Cluster.Tests;

/// <summary>What runs on the hosts of a <see cref="HostCluster"/>, each of which has the name of its node.</summary>
/// <param name="Seats">Nodes that can be the coordinator's.</param>
/// <param name="Members">Servers and workers, such as worker-0.</param>
/// <param name="Client">Where whoever follows the run is.</param>
internal sealed record HostPlan(string[] Seats, string[] Members, string Client)
{
    public ControlOptions Control { get; init; } = ControlOptions.Default;

    /// <summary>Further options of all nodes.</summary>
    public string[] NodeOptions { get; init; } = [];

    public int Lanes { get; init; } = 3;
}
