using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>What a node says of the faults that it brings about, each by its place in the plan.</summary>
internal static partial class FaultLog
{
    [LoggerMessage(60, LogLevel.Warning, "fault: faults[{Place}] begins ({Fault})")]
    public static partial void FaultBegins(this ILogger log, int place, Fault fault);

    [LoggerMessage(61, LogLevel.Warning, "fault: faults[{Place}] is over ({Fault})")]
    public static partial void FaultEnds(this ILogger log, int place, Fault fault);

    [LoggerMessage(62, LogLevel.Warning, "fault: faults[{Place}] drops a frame to {To}: its connection breaks")]
    public static partial void FrameDropped(this ILogger log, int place, ActorId to);

    [LoggerMessage(63, LogLevel.Warning, "fault: faults[{Place}] alters byte {Byte} of a frame of {Bytes} bytes to {To}")]
    public static partial void FrameDamaged(this ILogger log, int place, int @byte, int bytes, ActorId to);

    [LoggerMessage(64, LogLevel.Warning, "fault: faults[{Place}] repeats frames to {To}, this one of {Bytes} bytes first")]
    public static partial void FrameRepeated(this ILogger log, int place, int bytes, ActorId to);

    [LoggerMessage(65, LogLevel.Warning, "fault: faults[{Place}] delays frames to {To}, this one of {Bytes} bytes first")]
    public static partial void FrameDelayed(this ILogger log, int place, int bytes, ActorId to);

    [LoggerMessage(66, LogLevel.Warning, "fault: faults[{Place}] closes the {Plane} connection with {Peer}")]
    public static partial void LinkCut(this ILogger log, int place, ConnectionKind plane, ActorId peer);

    [LoggerMessage(67, LogLevel.Warning, "fault: faults[{Place}] stretches the work of {Node} {Factor} times")]
    public static partial void WorkStretched(this ILogger log, int place, ActorId node, double factor);
}
