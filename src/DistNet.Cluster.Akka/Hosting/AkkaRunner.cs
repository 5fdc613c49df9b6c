using Akka.Actor;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka;

/// <summary>
/// Hosts each of our actors in an Akka actor, on a dispatcher of their own. Mail, peers and timers reach it through its mailbox, in order. Tensors
/// and finished work do not: turns for those run on the threads that bring them, as everywhere else.
/// </summary>
/// <param name="system">The actor system of the moment; a node that was downed comes back with another one.</param>
internal sealed class AkkaRunner(Func<ActorSystem> system) : IActorRunner
{
    /// <summary>What actors of ours run on.</summary>
    public const string Dispatcher = "distnet.actor-dispatcher";

    /// <summary>Configuration (HOCON) that the actor system must have.</summary>
    public const string Configuration = Dispatcher + SystemConfig.OnThePool;

    private readonly Lock _lock = new();
    private (ActorSystem? System, IActorRef Supervisor) _last = (null, ActorRefs.Nobody);

    public TimeProvider Time => new SchedulerTime(system().Scheduler);

    public IRunningActor Create(ActorId actor, ActorHost host, Action<Exception> fail) => new RunningHost(actor, host, fail, Supervisor);

    /// <summary>Whoever makes the Akka actors of the system of the moment; nobody, where that is ending.</summary>
    private IActorRef Supervisor()
    {
        lock (_lock)
        {
            var now = system();
            if (_last.System != now)
            {
                _last = (now, Supervise(now));
            }

            return _last.Supervisor;
        }
    }

    private static IActorRef Supervise(ActorSystem system)
    {
        try
        {
            return system.ActorOf(Props.Create<HostSupervisor>(), "actors");
        }
        catch (InvalidOperationException)
        {
            // It ends, which whoever owns it knows: what would start now will not, and is soon given up.
            return ActorRefs.Nobody;
        }
    }
}
