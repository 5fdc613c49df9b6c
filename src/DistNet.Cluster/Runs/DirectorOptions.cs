namespace DistNet.Cluster;

/// <summary>How a coordinator's node keeps runs.</summary>
/// <param name="Runs">Where run folders go.</param>
/// <param name="DataRoot">Where relative paths of data begin.</param>
/// <param name="ReplaceAfter">How long a server's node is waited for before its partitions go elsewhere.</param>
/// <param name="MixesArithmetic">Whether nodes are admitted that round differently.</param>
/// <param name="RecoverWithin">How long a coordinator that goes on with a run waits for the nodes that took part in it.</param>
internal sealed record DirectorOptions(string Runs, string DataRoot, TimeSpan ReplaceAfter, bool MixesArithmetic, TimeSpan RecoverWithin)
{
    /// <inheritdoc cref="NodeOptions.RunFinished"/>
    public Func<string, Task>? RunFinished { get; init; }

    /// <inheritdoc cref="NodeOptions.Watcher"/>
    public IClusterWatcher? Watcher { get; init; }
}

/// <summary>A cluster does one run at a time.</summary>
internal sealed class ClusterBusyException(string run) : Exception($"the cluster is busy with {run}; follow it with distnet attach, or end it with distnet stop");
