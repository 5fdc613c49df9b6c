using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>A cluster of processes on this machine.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>The program and the arguments before those of <c>distnet node</c>.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where the nodes' own directories and logs go.</summary>
    public required string Directory { get; init; }

    /// <summary>Worker processes.</summary>
    public required int Workers { get; init; }

    /// <summary>Server processes.</summary>
    public int Servers { get; init; } = 1;

    /// <summary>Threads that compute in each worker.</summary>
    public int ThreadsPerWorker { get; init; } = 1;

    /// <summary>How long a server is waited for; null: as the nodes have it.</summary>
    public TimeSpan? ReplaceAfter { get; init; }

    /// <summary>Where relative paths of data begin.</summary>
    public string DataRoot { get; init; } = ".";

    /// <summary>Whether tensors stay in memory that all processes can reach, where the system can do that; else they go through sockets.</summary>
    public bool SharesMemory { get; init; } = true;

    /// <summary>What goes wrong on purpose; null: nothing.</summary>
    public FaultFile? Faults { get; init; }

    /// <summary>How the nodes find each other.</summary>
    public ControlOptions Control { get; init; } = ControlOptions.Default;

    /// <summary>Nodes that stand by for the coordinator's, on a control plane that can move it.</summary>
    public int Standbys { get; init; }

    /// <summary>Further options of the coordinator's <c>distnet node</c>.</summary>
    public IReadOnlyList<string> CoordinatorOptions { get; init; } = [];

    /// <summary>As many processes as a run asks for, which share this machine's processors; relative paths of data begin at the current folder.</summary>
    /// <param name="options">The run.</param>
    /// <param name="command">See <see cref="Command"/>.</param>
    /// <param name="directory">See <see cref="Directory"/>.</param>
    public static LocalClusterOptions For(TrainingOptions options, IReadOnlyList<string> command, string directory) => new()
    {
        Command = command,
        Directory = Path.GetFullPath(directory),
        Workers = options.Workers,
        Servers = options.Servers,
        ThreadsPerWorker = options.Threads ?? Math.Max(1, Environment.ProcessorCount / options.Workers),
        DataRoot = System.IO.Directory.GetCurrentDirectory(),
    };
}

/// <summary>A plan and the file that every node reads it from.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Plan">What is in it.</param>
public sealed record FaultFile(string Path, FaultPlan Plan);
