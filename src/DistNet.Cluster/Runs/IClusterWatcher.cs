using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>
/// Watches a cluster from within its coordinator's process, as a dashboard does. Calls come from several threads, must return soon and never throw:
/// a slow watcher slows the run. A watcher changes nothing.
/// </summary>
public interface IClusterWatcher
{
    /// <summary>A run begins, or is gone on with by another life of the coordinator's node.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="folder">Path of the run folder.</param>
    /// <returns>Who is told how the run goes.</returns>
    public ITrainingProgress RunBegins(TrainingOptions options, string folder);

    /// <summary>That run is over.</summary>
    /// <param name="how">In a few words, such as done.</param>
    /// <param name="result">What it came to; null: it failed.</param>
    public void RunEnds(string how, TrainingResult? result);

    /// <summary>How the cluster is, five times a second.</summary>
    public void Saw(ClusterStatus status);
}
