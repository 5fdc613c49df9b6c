using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Dispatch;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using AkkaLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace DistNet.Cluster.Akka;

/// <summary>Where an actor system logs.</summary>
internal sealed class NodeLogSetup(ILogger log) : Setup
{
    public ILogger Log => log;
}

/// <summary>What Akka says goes into the node's log, lower than Akka has it: that others cannot be reached is no fault of this node, and what follows is told by the plane.</summary>
internal sealed class NodeLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public NodeLogger()
    {
        var log = Context.System.Settings.Setup.Get<NodeLogSetup>().Select(setup => setup.Log).GetOrElse(NullLogger.Instance);
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(line => log.AkkaSays(LevelOf(line), line.LogSource, line.Cause is null ? line.Message.ToString()! : $"{line.Message}: {line.Cause.Message}"));
    }

    private static LogLevel LevelOf(LogEvent line) => line.LogLevel() switch
    {
        AkkaLevel.ErrorLevel => LogLevel.Warning,
        _ => LogLevel.Debug,
    };
}
