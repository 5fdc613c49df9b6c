using DistNet.Cluster;

namespace DistNet.Benchmarks;

/// <summary>Processor time of a cluster's processes from one moment on. All zero where there is no /proc.</summary>
internal sealed class ClusterTimes(LocalCluster cluster)
{
    private readonly Dictionary<string, double> _before = All(cluster).ToDictionary(one => one.Time.Id, one => one.Time.Seconds);

    /// <summary>Since this was made.</summary>
    public ClusterSeconds Elapsed
    {
        get
        {
            var all = All(cluster).Select(one => (one.Node, one.IsThread, one.Time.IsCompiler, Seconds: one.Time.Seconds - _before.GetValueOrDefault(one.Time.Id))).ToList();
            var (whole, servers, workers) = (Of(""), Of("server"), Of("worker"));
            return new ClusterSeconds(whole - servers - workers, servers, workers, all.Where(one => one.IsThread && one.IsCompiler).Sum(one => one.Seconds));

            double Of(string prefix) => all.Where(one => !one.IsThread && one.Node.StartsWith(prefix, StringComparison.Ordinal)).Sum(one => one.Seconds);
        }
    }

    private static IEnumerable<(string Node, bool IsThread, ProcessorTime Time)> All(LocalCluster cluster) => cluster.Nodes.SelectMany(
        node => ProcessorTime.OfThreads(node.ProcessId).Select(thread => (node.Name, true, thread)).Append((node.Name, false, ProcessorTime.OfProcess(node.ProcessId))));
}

/// <summary>Seconds of one processor.</summary>
/// <param name="Coordinator">In the coordinator's process.</param>
/// <param name="Servers">In the servers'.</param>
/// <param name="Workers">In the workers'.</param>
/// <param name="Compiling">Of all these, in threads that compile and are still there.</param>
internal readonly record struct ClusterSeconds(double Coordinator, double Servers, double Workers, double Compiling)
{
    public double All => Coordinator + Servers + Workers;

    public static ClusterSeconds operator /(ClusterSeconds seconds, double by) =>
        new(seconds.Coordinator / by, seconds.Servers / by, seconds.Workers / by, seconds.Compiling / by);
}
