using Akka.Configuration;
using DistNet.Hosting;
using DistNet.Protocol;
using AkkaKit = Akka.TestKit.Xunit2.TestKit;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>An actor system on virtual time, and actors of ours in it.</summary>
public abstract class HostingKit : AkkaKit
{
    private protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<Hosted> _hosted = [];

    protected HostingKit()
        : base(ConfigurationFactory.ParseString(AkkaRunner.Configuration).WithFallback(VirtualScheduler.Configuration))
    {
        Runner = new AkkaRunner(() => Sys);
    }

    private protected AkkaRunner Runner { get; }

    private protected VirtualScheduler Time => (VirtualScheduler)Sys.Scheduler;

    /// <summary>Hosts actors, which are not started yet; disposed with the test.</summary>
    private protected Hosted Host(params (ActorId Id, IActor Actor)[] actors) => Host(Runner, actors);

    /// <inheritdoc cref="Host(ValueTuple{ActorId, IActor}[])"/>
    private protected Hosted Host(IActorRunner runner, params (ActorId Id, IActor Actor)[] actors)
    {
        var hosted = new Hosted(runner, actors);
        _hosted.Add(hosted);
        return hosted;
    }

    private protected Hosted Host(Action<Input, Outbox> handle, int worker = 0) => Host((ActorId.Worker(worker), new ScriptedActor(handle)));

    protected override void AfterAll()
    {
        _hosted.ForEach(hosted => hosted.Dispose());
        base.AfterAll();
    }
}
