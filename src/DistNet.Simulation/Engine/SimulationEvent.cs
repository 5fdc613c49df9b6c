namespace DistNet.Simulation;

internal enum SimulationEventKind : byte
{
    /// <summary>A message of an actor of the same node.</summary>
    Local,

    /// <summary>The first bit of a message is at its node, whose line has to take it in.</summary>
    Arrival,

    /// <summary>All of a message is there.</summary>
    Delivery,

    /// <summary>The next part of network work is ready; the number says of which work.</summary>
    NetworkWork,

    /// <summary>A worker's look at the curvature, beside its units.</summary>
    CurvatureWork,

    /// <summary>A worker has let go of work that was cancelled.</summary>
    Cancellation,

    /// <summary>A server's arithmetic on a chunk is done.</summary>
    TensorWork,

    /// <summary>A timer may be due; the number says which setting of which.</summary>
    Timer,

    /// <summary>Whatever is rare enough for a closure; the body is an <see cref="Action"/>.</summary>
    Call,
}

/// <summary>What happens at a moment of virtual time.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Actor">Number of the actor on its node.</param>
/// <param name="Node">The life of a node that it happens to.</param>
/// <param name="Body">Envelope, work order or action, as the kind says.</param>
/// <param name="Number">What else the kind needs.</param>
internal readonly record struct SimulationEvent(
    SimulationEventKind Kind, int Actor, SimulatedNode? Node, object? Body, long Number = 0);
