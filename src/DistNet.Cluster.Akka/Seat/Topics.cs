namespace DistNet.Cluster.Akka;

/// <summary>What the coordinator publishes through Akka's DistributedPubSub, each a <see cref="Mail"/>.</summary>
internal static class Topics
{
    /// <summary>StatusTold, once a second.</summary>
    public const string Status = "distnet.status";

    /// <summary>LossTold, at most ten times a second.</summary>
    public const string Loss = "distnet.loss";

    /// <summary>JournalTold, once a second, for those that stand by.</summary>
    public const string Journal = "distnet.journal";
}
