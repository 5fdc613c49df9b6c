using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>TestKit's scheduler, whose time passes when a test says so; here also that of the clocks that only go forward. And it tells what is scheduled.</summary>
internal sealed class VirtualScheduler : TestScheduler, IScheduler
{
    public const string Configuration = "akka.scheduler.implementation = \"DistNet.Cluster.Akka.Tests.VirtualScheduler, DistNet.Cluster.Akka.Tests\"";

    private readonly ConcurrentDictionary<TimeSpan, bool> _due = new();
    private readonly DateTimeOffset _start;

    public VirtualScheduler(Config config, ILoggingAdapter log)
        : base(config, log) => _start = Now;

    /// <summary>By how much it was advanced.</summary>
    public TimeSpan Elapsed => Now - _start;

    TimeSpan ITimeProvider.MonotonicClock => Elapsed;

    TimeSpan ITimeProvider.HighResMonotonicClock => Elapsed;

    /// <summary>Whether something was scheduled for then, counted from the start.</summary>
    public bool HasScheduled(TimeSpan then) => _due.ContainsKey(then);

    void ITellScheduler.ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable)
    {
        ScheduleTellOnce(delay, receiver, message, sender, cancelable);
        _due[Elapsed + delay] = true;
    }
}
