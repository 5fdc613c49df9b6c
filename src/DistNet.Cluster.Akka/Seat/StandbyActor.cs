using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka;

/// <summary>On a node that can be the coordinator's: hears what the one that is tells of its runs, and where it is.</summary>
internal sealed class StandbyActor : ReceiveActor
{
    public StandbyActor(ICoordinatorListener listener)
    {
        Receive<Mail>(mail =>
        {
            switch (mail.Envelope)
            {
                case Envelope<JournalTold> journal:
                    listener.OnJournal(journal.Message, journal.FromIncarnation);
                    break;
                case Envelope<StatusTold> status:
                    listener.OnCoordinatorAt(status.Message.Coordinator);
                    break;
            }
        });
        Receive<SubscribeAck>(_ => { });
    }

    protected override void PreStart()
    {
        var mediator = DistributedPubSub.Get(Context.System).Mediator;
        mediator.Tell(new Subscribe(Topics.Journal, Self));
        mediator.Tell(new Subscribe(Topics.Status, Self));
    }
}
