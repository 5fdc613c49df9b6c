using System.Diagnostics.Metrics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Counts lives of nodes and actors of a cluster. Many threads.</summary>
public static class LifeMeter
{
    private static readonly Counter<long> Restarts = TrainingMetrics.Counter(TrainingMetrics.Restarts);
    private static readonly Counter<long> Actors = TrainingMetrics.Counter(TrainingMetrics.ActorLives);

    /// <summary>A node is here again that was here before.</summary>
    public static void Restarted(ActorId node) => Count(Restarts, TrainingMetrics.NodeTag, node);

    /// <summary>A life of an actor begins on this node.</summary>
    public static void Began(ActorId actor) => Count(Actors, TrainingMetrics.ActorTag, actor);

    private static void Count(Counter<long> counter, string tag, ActorId who)
    {
        if (counter.Enabled)
        {
            counter.Add(1, new KeyValuePair<string, object?>(tag, who.ToString()));
        }
    }
}
