namespace DistNet.Cluster;

/// <summary>A cluster at one moment, as <c>distnet status</c> tells it.</summary>
/// <param name="Coordinator">Where its coordinator is.</param>
/// <param name="Run">The run in progress; null: none.</param>
/// <param name="LastRun">Name of the run before, and how it ended; null: none.</param>
/// <param name="Nodes">Those that are here, and those that are missed.</param>
public sealed record ClusterStatus(string Coordinator, RunStatus? Run, string? LastRun, IReadOnlyList<NodeStatus> Nodes);

/// <summary>The run in progress.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Step">Updates applied.</param>
/// <param name="Steps">Updates planned.</param>
/// <param name="Samples">Samples applied.</param>
/// <param name="Loss">Loss of the last update; null before the first.</param>
/// <param name="Lanes">Its lanes.</param>
/// <param name="Servers">Its partitions, each of which needs a server.</param>
/// <param name="Seconds">Since it began.</param>
/// <param name="WaitsFor">Whom it waits for and since when; null: nobody.</param>
public sealed record RunStatus(
    string Name, long Step, long Steps, long Samples, double? Loss, int Lanes, int Servers, double Seconds, string? WaitsFor);

/// <summary>One node.</summary>
/// <param name="Name">Such as worker-3.</param>
/// <param name="ProcessId">Process on its host.</param>
/// <param name="Host">The machine.</param>
/// <param name="Address">Where others reach it.</param>
/// <param name="State">joining, idle, coordinating, computing, serving, starting, spare, unfit or lost.</param>
/// <param name="Actors">What runs there.</param>
/// <param name="Step">The last step it has finished; null: none.</param>
/// <param name="Lanes">Lanes it hosts, such as "0..3"; empty: none.</param>
/// <param name="LastHeardSeconds">Since it was last heard.</param>
/// <param name="Reason">Why it is unfit or lost; null otherwise.</param>
public sealed record NodeStatus(
    string Name,
    int ProcessId,
    string Host,
    string Address,
    string State,
    IReadOnlyList<string> Actors,
    long? Step,
    string Lanes,
    double LastHeardSeconds,
    string? Reason);
