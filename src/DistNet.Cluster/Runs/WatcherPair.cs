using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>Two who watch a cluster.</summary>
internal sealed class WatcherPair(IClusterWatcher first, IClusterWatcher second) : IClusterWatcher
{
    /// <summary>Both, the one that is there, or null.</summary>
    public static IClusterWatcher? Of(IClusterWatcher? first, IClusterWatcher? second) =>
        first is null ? second : second is null ? first : new WatcherPair(first, second);

    public ITrainingProgress RunBegins(TrainingOptions options, string folder) =>
        new ProgressPair(first.RunBegins(options, folder), second.RunBegins(options, folder));

    public void RunEnds(string how, TrainingResult? result)
    {
        first.RunEnds(how, result);
        second.RunEnds(how, result);
    }

    public void Saw(ClusterStatus status)
    {
        first.Saw(status);
        second.Saw(status);
    }
}
