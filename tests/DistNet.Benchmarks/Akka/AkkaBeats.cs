using Akka.Actor;
using DistNet.Cluster;
using DistNet.Cluster.Akka;
using DistNet.Protocol;
using AkkaCluster = Akka.Cluster.Cluster;

namespace DistNet.Benchmarks;

/// <summary>
/// Between two actors, over Akka.Remote, as a member's actor speaks with the seat. The actor system here joins the cluster, because the seat admits nobody else.
/// </summary>
internal sealed class AkkaBeats : IBeats
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly AkkaSettings Settings = AkkaSettings.Of(new ControlOptions { Plane = ControlOptions.Akka });

    private readonly ActorSystem _system;
    private readonly SemaphoreSlim _answered = new(0);
    private readonly TaskCompletionSource _welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _seat = ActorRefs.Nobody;
    private IActorRef _speaker = ActorRefs.Nobody;
    private long _number;

    private AkkaBeats(ActorSystem system) => _system = system;

    public static async Task<IBeats> StartAsync(LocalCluster cluster)
    {
        var door = cluster.Coordinators[0];
        var beats = new AkkaBeats(ActorSystem.Create(AkkaPlane.SystemName, SystemConfig.OfNode(Settings, AkkaPlace.TowardsNode(door, isEncrypted: false), "server")));
        try
        {
            await beats.IntroduceAsync(door, BeatsHello.To(cluster));
            return beats;
        }
        catch
        {
            await beats.DisposeAsync();
            throw;
        }
    }

    public void Beat()
    {
        Say(new Beat(++_number, IsAnswer: false));
        if (!_answered.Wait(Limit))
        {
            throw new TimeoutException("The coordinator's seat does not answer.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await AkkaCluster.Get(_system).LeaveAsync(limit.Token);
        await _system.Terminate();
        _system.Dispose();
        _answered.Dispose();
    }

    private async Task IntroduceAsync(ClusterAddress door, Hello hello)
    {
        var address = new Address("akka.tcp", AkkaPlane.SystemName, door.Host, door.Port + 1);
        await AkkaCluster.Get(_system).JoinAsync(address).WaitAsync(Limit);
        _seat = await _system.ActorSelection(address + SeatPlane.SingletonPath).ResolveOne(Limit);
        _speaker = _system.ActorOf(Props.Create(() => new Speaker(Hear)));
        Say(hello);
        await _welcome.Task.WaitAsync(Limit);
    }

    private void Say<T>(in T message)
        where T : struct, IMessage => _seat.Tell(Mail.Of(BeatsHello.Name, 0, ActorId.Coordinator, message), _speaker);

    private void Hear(Mail mail)
    {
        switch (mail.Envelope)
        {
            case Envelope<Beat>:
                _answered.Release();
                break;
            case Envelope<Welcome>:
                _welcome.TrySetResult();
                break;
            case Envelope<Refused> refused:
                _welcome.TrySetException(new InvalidOperationException(refused.Message.Reason));
                break;
        }
    }

    private sealed class Speaker : ReceiveActor
    {
        public Speaker(Action<Mail> hear) => Receive(hear);
    }
}
