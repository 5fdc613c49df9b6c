using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>What everything on a node shares.</summary>
internal sealed record NodeParts
{
    public required TensorPool Pool { get; init; }

    public required IControlPlane Control { get; init; }

    public required DataPlane Data { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>The node's own directory.</summary>
    public required string Directory { get; init; }

    /// <summary>Threads that compute for one actor.</summary>
    public required int Threads { get; init; }

    /// <summary>Ends the node: something happened that must not.</summary>
    public required Action<Exception> Fail { get; init; }

    /// <summary>What drives the actors.</summary>
    public required IActorRunner Runner { get; init; }

    /// <summary>What goes wrong on purpose; null: nothing.</summary>
    public NodeFaults? Faults { get; init; }

    /// <summary>Where the actors of a run keep things on this node.</summary>
    public string StateOf(string run) => Path.Combine(Directory, "state", run);
}
