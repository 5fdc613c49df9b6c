using Akka.Actor;

namespace DistNet.Cluster.Akka;

/// <summary>Parent of the actors that host ours. One that fails is stopped and never restarted, because it would go on with half a state.</summary>
internal sealed class HostSupervisor : UntypedActor
{
    private int _children;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        if (message is not RunningHost life)
        {
            Unhandled(message);
            return;
        }

        try
        {
            var props = Props.Create(() => new HostActor(life)).WithDispatcher(AkkaRunner.Dispatcher);
            Context.ActorOf(props, FormattableString.Invariant($"{life.Actor}-{++_children}"));
        }
        catch (Exception e)
        {
            // Such as a dispatcher that is not configured. The others live on.
            life.Fail(e);
        }
    }
}
