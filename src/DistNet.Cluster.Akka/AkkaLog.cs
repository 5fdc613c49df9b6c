using Microsoft.Extensions.Logging;

namespace DistNet.Cluster.Akka;

/// <summary>What the Akka control plane says in a node's log.</summary>
internal static partial class AkkaLog
{
    [LoggerMessage(80, LogLevel.Information, "Akka.Remote listens on {Address}")]
    public static partial void AkkaListens(this ILogger log, string address);

    [LoggerMessage(81, LogLevel.Information, "looks for a cluster at {Addresses}")]
    public static partial void LooksForCluster(this ILogger log, string addresses);

    [LoggerMessage(82, LogLevel.Information, "forms a new cluster")]
    public static partial void FormsCluster(this ILogger log);

    [LoggerMessage(83, LogLevel.Information, "joins the cluster of {Addresses}")]
    public static partial void JoinsCluster(this ILogger log, string addresses);

    [LoggerMessage(84, LogLevel.Warning, "this node is no member of its cluster any more: {Reason}; it comes back as a new incarnation")]
    public static partial void IncarnationEnded(this ILogger log, string reason);

    [LoggerMessage(85, LogLevel.Warning, "the cluster has no servers, but that of {Address} has; joins it")]
    public static partial void MovesToServers(this ILogger log, string address);

    [LoggerMessage(86, LogLevel.Information, "the coordinator is here now, in life {Life}")]
    public static partial void TakesSeat(this ILogger log, long life);

    [LoggerMessage(87, LogLevel.Warning, "the coordinator is not here any more")]
    public static partial void LeavesSeat(this ILogger log);

    [LoggerMessage(88, LogLevel.Information, "the coordinator at {Address} knows this node as {Node}")]
    public static partial void Welcomed(this ILogger log, string address, Protocol.ActorId node);

    [LoggerMessage(89, LogLevel.Warning, "lost the coordinator at {Address}: {Reason}")]
    public static partial void LostSeat(this ILogger log, string address, string reason);

    [LoggerMessage(90, LogLevel.Warning, "what came from {From} was not taken: {Reason}")]
    public static partial void BadMail(this ILogger log, string from, string reason);

    [LoggerMessage(EventId = 91, Message = "akka: {Source}: {Text}")]
    public static partial void AkkaSays(this ILogger log, LogLevel level, string source, string text);

    [LoggerMessage(92, LogLevel.Information, "is a member of the cluster")]
    public static partial void IsMember(this ILogger log);
}
