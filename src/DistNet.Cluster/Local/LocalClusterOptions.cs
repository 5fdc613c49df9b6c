namespace DistNet.Cluster;

/// <summary>A cluster of processes on this machine.</summary>
/// <param name="Command">The program and the arguments before those of <c>distnet node</c>.</param>
/// <param name="Directory">Where the nodes' own directories and logs go.</param>
/// <param name="Workers">Worker processes.</param>
/// <param name="Servers">Server processes.</param>
/// <param name="ThreadsPerWorker">Threads that compute in each worker.</param>
/// <param name="ReplaceAfter">How long a server is waited for; null: as the nodes have it.</param>
/// <param name="DataRoot">Where relative paths of data begin.</param>
public sealed record LocalClusterOptions(
    IReadOnlyList<string> Command, string Directory, int Workers, int Servers, int ThreadsPerWorker, TimeSpan? ReplaceAfter, string DataRoot);
