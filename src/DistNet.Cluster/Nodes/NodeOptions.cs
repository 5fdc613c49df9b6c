using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>One node, as <c>distnet node</c> is asked for it.</summary>
public sealed record NodeOptions
{
    public required Role Role { get; init; }

    /// <summary>Nodes through which this one finds its cluster; empty: none. On the built-in plane the coordinator's, and nothing on that itself.</summary>
    public IReadOnlyList<ClusterAddress> Join { get; init; } = [];

    /// <summary>Where this node listens; port 0: any that is free.</summary>
    public required ClusterAddress Listen { get; init; }

    /// <summary>The host at which others reach this node; null: the one it listens on; if that is any, the one that reaches the coordinator, whose own is the machine's name.</summary>
    public string? Advertise { get; init; }

    /// <summary>Its number among the nodes of its role; -1: whichever is free.</summary>
    public int Index { get; init; } = -1;

    /// <summary>The node's own directory.</summary>
    public required string Directory { get; init; }

    public required JoinToken Token { get; init; }

    public TlsOptions Tls { get; init; } = TlsOptions.None;

    /// <summary>Where relative paths of data begin.</summary>
    public string DataRoot { get; init; } = ".";

    /// <summary>Coordinator: where run folders go; null: runs/ in its directory.</summary>
    public string? Runs { get; init; }

    /// <summary>Threads that compute for each actor here; null: one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether tensors for nodes of the same machine stay in memory that both can reach, where the system can do that.</summary>
    public bool SharesMemory { get; init; } = true;

    public ControlTimes Times { get; init; } = ControlTimes.Default;

    /// <summary>Whoever connects and has not said who it is after this time is shown out.</summary>
    public TimeSpan GreetingLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Coordinator: how long a server's node is waited for before its partitions go elsewhere.</summary>
    public TimeSpan ReplaceAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Coordinator: admit nodes whose arithmetic differs; runs are then not repeated bit for bit.</summary>
    public bool AllowsMixedArithmetic { get; init; }

    /// <summary>
    /// Coordinator: called with the path of a run's folder when that is complete, before followers hear of the end and fetch it; what it leaves there
    /// comes with it. Null: nothing is to be done. Where it throws, or takes longer than a minute, they are told without it, and the log says so.
    /// </summary>
    public Func<string, Task>? RunFinished { get; init; }

    /// <summary>What goes wrong on purpose; null: nothing. A node brings about what concerns its work and what it sends; processes are killed, and stopped, by <see cref="LocalCluster"/>.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>What the nodes find each other by.</summary>
    internal IControlEngine Engine { get; init; } = BuiltInEngine.Instance;

    /// <summary>Coordinator: who watches the cluster from within this process; null: nobody.</summary>
    public IClusterWatcher? Watcher { get; init; }
}
