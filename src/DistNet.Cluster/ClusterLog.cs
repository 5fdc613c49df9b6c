using System.Net;
using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>Everything that a node says in its log.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(1, LogLevel.Information, "{Node} listens on {Address}")]
    public static partial void Listens(this ILogger log, string node, ClusterAddress address);

    [LoggerMessage(2, LogLevel.Warning, "{Address} is reachable from other machines WITHOUT TLS: token, weights and data travel in the clear; give --tls-cert and --tls-key")]
    public static partial void ListensInTheOpen(this ILogger log, ClusterAddress address);

    [LoggerMessage(3, LogLevel.Warning, "connection from {From} ended: {Reason}")]
    public static partial void ConnectionRefused(this ILogger log, EndPoint? from, string reason);

    [LoggerMessage(4, LogLevel.Error, "cannot accept a connection: {Reason}")]
    public static partial void AcceptFailed(this ILogger log, string reason);

    [LoggerMessage(10, LogLevel.Information, "{Node} (pid {ProcessId}, {Host}) is here")]
    public static partial void NodeUp(this ILogger log, ActorId node, int processId, string host);

    [LoggerMessage(11, LogLevel.Warning, "{Node} (pid {ProcessId}, {Host}) is gone: {Reason}")]
    public static partial void NodeDown(this ILogger log, ActorId node, int processId, string host, string reason);

    [LoggerMessage(12, LogLevel.Warning, "a {Role} on {Host} (pid {ProcessId}) is refused: {Reason}")]
    public static partial void NodeRefused(this ILogger log, Role role, string host, int processId, string reason);

    [LoggerMessage(13, LogLevel.Warning, "{Node} cannot take part in {Run}: {Reason}")]
    public static partial void NodeUnfit(this ILogger log, ActorId node, string run, string reason);

    [LoggerMessage(14, LogLevel.Warning, "{Node} reports that its connection with {Other} broke: {Reason}")]
    public static partial void LinkReported(this ILogger log, ActorId node, ActorId other, string reason);

    [LoggerMessage(20, LogLevel.Information, "looking for the coordinator at {Address}: {Reason}")]
    public static partial void LooksForCoordinator(this ILogger log, ClusterAddress address, string reason);

    [LoggerMessage(21, LogLevel.Information, "joined the cluster at {Address} as {Node}")]
    public static partial void FoundCoordinator(this ILogger log, ClusterAddress address, ActorId node);

    [LoggerMessage(22, LogLevel.Warning, "lost the coordinator at {Address}: {Reason}")]
    public static partial void LostCoordinator(this ILogger log, ClusterAddress address, string reason);

    [LoggerMessage(23, LogLevel.Warning, "this node begins a new life, {Life}: what ran here is void")]
    public static partial void NewLife(this ILogger log, long life);

    [LoggerMessage(30, LogLevel.Information, "run {Run} begins")]
    public static partial void RunBegins(this ILogger log, string run);

    [LoggerMessage(31, LogLevel.Information, "run {Run} goes on, as {Source} has it")]
    public static partial void RunGoesOn(this ILogger log, string run, string source);

    [LoggerMessage(32, LogLevel.Information, "run {Run} ended: {How}")]
    public static partial void RunEnds(this ILogger log, string run, string how);

    [LoggerMessage(33, LogLevel.Information, "{Actor} (life {Life}) of {Run} runs here")]
    public static partial void ActorRuns(this ILogger log, ActorId actor, long life, string run);

    [LoggerMessage(34, LogLevel.Information, "{Actor} goes to {Node}: {Why}")]
    public static partial void ActorAssigned(this ILogger log, ActorId actor, ActorId node, string why);

    [LoggerMessage(35, LogLevel.Warning, "{Notice}")]
    public static partial void RunNotice(this ILogger log, string notice);

    [LoggerMessage(36, LogLevel.Warning, "a checkpoint of version {Version} could not be written: {Reason}")]
    public static partial void CheckpointFailed(this ILogger log, long version, string reason);

    [LoggerMessage(37, LogLevel.Warning, "run {Run} ended without its report: {Reason}")]
    public static partial void RunWithoutReport(this ILogger log, string run, string reason);

    [LoggerMessage(40, LogLevel.Debug, "data connection with {Node} (life {Life}) is up")]
    public static partial void LinkUp(this ILogger log, ActorId node, long life);

    [LoggerMessage(41, LogLevel.Warning, "data connection with {Node} (life {Life}) broke: {Reason}")]
    public static partial void LinkDown(this ILogger log, ActorId node, long life, string reason);

    [LoggerMessage(50, LogLevel.Critical, "{Reason}")]
    public static partial void Fails(this ILogger log, string reason);
}
