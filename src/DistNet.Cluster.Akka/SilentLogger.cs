using Akka.Event;

namespace DistNet.Cluster.Akka;

/// <summary>
/// Stands where Akka writes to standard output while its own loggers begin or end: that is for results. What matters then is thrown.
/// </summary>
internal sealed class SilentLogger : MinimalLogger
{
    protected override void Log(object message)
    {
    }
}
