using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>Which nodes are there, and what runs on them.</summary>
internal static class NodeCodecs
{
    public static BodyCodec[] Create() =>
    [
        new BodyCodec<Hello, V1.Hello>(V1.Header.HelloFieldNumber, Fill, Read),
        new BodyCodec<Welcome, V1.Welcome>(V1.Header.WelcomeFieldNumber, Fill, Read),
        new BodyCodec<Refused, V1.Refused>(
            V1.Header.RefusedFieldNumber, static (message, wire) => wire.Reason = message.Reason, static (wire, _) => new(wire.Reason)),
        new BodyCodec<Beat, V1.Beat>(V1.Header.BeatFieldNumber, Fill, Read),
        new BodyCodec<Leave, V1.Leave>(V1.Header.LeaveFieldNumber, static (_, _) => { }, static (_, _) => default),
        new BodyCodec<Enlist, V1.Enlist>(V1.Header.EnlistFieldNumber, Fill, Read),
        new BodyCodec<Assign, V1.Assign>(V1.Header.AssignFieldNumber, Fill, Read),
        new BodyCodec<Ready, V1.Ready>(V1.Header.ReadyFieldNumber, Fill, Read),
        new BodyCodec<Unfit, V1.Unfit>(V1.Header.UnfitFieldNumber, Fill, Read),
        new BodyCodec<Peers, V1.Peers>(V1.Header.PeersFieldNumber, Fill, Read),
        new BodyCodec<RunEnded, V1.RunEnded>(
            V1.Header.RunEndedFieldNumber, static (message, wire) => wire.Run = message.Run, static (wire, _) => new(wire.Run)),
        new BodyCodec<LinkBroken, V1.LinkBroken>(V1.Header.LinkBrokenFieldNumber, Fill, Read),
        new BodyCodec<MemoryOffer, V1.MemoryOffer>(V1.Header.MemoryOfferFieldNumber, Fill, Read),
        new BodyCodec<MemoryMapped, V1.MemoryMapped>(
            V1.Header.MemoryMappedFieldNumber,
            static (message, wire) => wire.ProcessId = message.ProcessId,
            static (wire, _) => new(Valid.Count(wire.ProcessId, "MemoryMapped.process_id"))),
        new BodyCodec<Expelled, V1.Expelled>(
            V1.Header.ExpelledFieldNumber, static (message, wire) => wire.Reason = message.Reason, static (wire, _) => new(wire.Reason)),
        new BodyCodec<StatusAsked, V1.StatusAsked>(
            V1.Header.StatusAskedFieldNumber, static (message, wire) => wire.Token = message.Token, static (wire, _) => new(wire.Token)),
        new BodyCodec<StatusTold, V1.StatusTold>(V1.Header.StatusToldFieldNumber, Fill, Read),
        new BodyCodec<LossTold, V1.LossTold>(V1.Header.LossToldFieldNumber, Fill, Read),
        new BodyCodec<JournalTold, V1.JournalTold>(V1.Header.JournalToldFieldNumber, Fill, Read),
    ];

    private static void Fill(Hello message, V1.Hello wire)
    {
        wire.Protocol = message.Protocol;
        wire.Kind = V1.ConnectionKind.Control + (int)message.Kind;
        wire.Token = message.Token;
        wire.Role = Parts.ToWire(message.Role);
        wire.Index = message.Index;
        wire.Life = message.Life;
        wire.Card = new V1.NodeCard
        {
            Address = message.Card.Address,
            Host = message.Card.Host,
            ProcessId = message.Card.ProcessId,
            Probe = message.Card.Probe,
        };
    }

    private static Hello Read(V1.Hello wire, TensorSlice tensor) => new(
        Valid.Count(wire.Protocol, "Hello.protocol"),
        Valid.Kind(wire.Kind, "Hello.kind"),
        wire.Token,
        Valid.Role(wire.Role, "Hello"),
        Valid.IndexOrNone(wire.Index, "Hello.index"),
        Valid.Count(wire.Life, "Hello.life"),
        new NodeCard(wire.Card.Address, wire.Card.Host, Valid.Count(wire.Card.ProcessId, "NodeCard.process_id"), wire.Card.Probe));

    private static void Fill(Welcome message, V1.Welcome wire)
    {
        wire.Index = message.Index;
        wire.Life = message.Life;
        wire.PeerLife = message.PeerLife;
    }

    private static Welcome Read(V1.Welcome wire, TensorSlice tensor) => new(
        Valid.Count(wire.Index, "Welcome.index"), Valid.Count(wire.Life, "Welcome.life"), Valid.Count(wire.PeerLife, "Welcome.peer_life"));

    private static void Fill(Beat message, V1.Beat wire)
    {
        wire.Number = message.Number;
        wire.IsAnswer = message.IsAnswer;
    }

    private static Beat Read(V1.Beat wire, TensorSlice tensor) => new(Valid.Count(wire.Number, "Beat.number"), wire.IsAnswer);

    private static void Fill(Enlist message, V1.Enlist wire)
    {
        wire.Order = message.Order;
        Lists.Fill(wire.Postings, message.Postings, ToWire);
        Lists.Fill(wire.Peers, message.Peers, ToWire);
    }

    private static Enlist Read(V1.Enlist wire, TensorSlice tensor) => new(wire.Order, Lists.Read(wire.Postings, Read), Lists.Read(wire.Peers, Read));

    private static void Fill(Assign message, V1.Assign wire)
    {
        wire.Order = message.Order;
        Lists.Fill(wire.Postings, message.Postings, ToWire);
    }

    private static Assign Read(V1.Assign wire, TensorSlice tensor) => new(wire.Order, Lists.Read(wire.Postings, Read));

    private static void Fill(Ready message, V1.Ready wire)
    {
        wire.Run = message.Run;
        wire.Posting = ToWire(message.Posting);
    }

    private static Ready Read(V1.Ready wire, TensorSlice tensor) => new(wire.Run, Read(wire.Posting));

    private static void Fill(Unfit message, V1.Unfit wire)
    {
        wire.Run = message.Run;
        wire.Reason = message.Reason;
    }

    private static Unfit Read(V1.Unfit wire, TensorSlice tensor) => new(wire.Run, wire.Reason);

    private static void Fill(Peers message, V1.Peers wire)
    {
        wire.Run = message.Run;
        Lists.Fill(wire.All, message.All, ToWire);
    }

    private static Peers Read(V1.Peers wire, TensorSlice tensor) => new(wire.Run, Lists.Read(wire.All, Read));

    private static void Fill(LinkBroken message, V1.LinkBroken wire)
    {
        wire.Node = Parts.Fill(wire.Node ?? new V1.ActorId(), message.Node);
        wire.Life = message.Life;
        wire.Why = message.Why;
    }

    private static LinkBroken Read(V1.LinkBroken wire, TensorSlice tensor) =>
        new(Valid.Actor(wire.Node, "LinkBroken.node"), Valid.Count(wire.Life, "LinkBroken.life"), wire.Why);

    private static V1.Posting ToWire(Posting posting) =>
        new() { Actor = Parts.Fill(new V1.ActorId(), posting.Actor), Incarnation = posting.Incarnation };

    private static Posting Read(V1.Posting wire) =>
        new(Valid.Actor(wire.Actor, "Posting.actor"), Valid.Count(wire.Incarnation, "Posting.incarnation"));

    private static V1.Peer ToWire(Peer peer) => new()
    {
        Actor = Parts.Fill(new V1.ActorId(), peer.Actor),
        Incarnation = peer.Incarnation,
        Node = Parts.Fill(new V1.ActorId(), peer.Node),
        NodeLife = peer.NodeLife,
        Address = peer.Address,
    };

    private static Peer Read(V1.Peer wire) => new(
        Valid.Actor(wire.Actor, "Peer.actor"),
        Valid.Count(wire.Incarnation, "Peer.incarnation"),
        Valid.Actor(wire.Node, "Peer.node"),
        Valid.Count(wire.NodeLife, "Peer.node_life"),
        wire.Address);

    private static void Fill(StatusTold message, V1.StatusTold wire)
    {
        wire.Coordinator = message.Coordinator;
        wire.Json = message.Json;
    }

    private static StatusTold Read(V1.StatusTold wire, TensorSlice tensor) => new(wire.Coordinator, wire.Json);

    private static void Fill(LossTold message, V1.LossTold wire)
    {
        wire.Run = message.Run;
        wire.Version = message.Version;
        wire.Versions = message.Versions;
        wire.Samples = message.Samples;
        wire.Loss = message.Loss;
    }

    private static LossTold Read(V1.LossTold wire, TensorSlice tensor) => new(
        wire.Run,
        Valid.Count(wire.Version, "LossTold.version"),
        Valid.Count(wire.Versions, "LossTold.versions"),
        Valid.Count(wire.Samples, "LossTold.samples"),
        wire.Loss);

    private static void Fill(JournalTold message, V1.JournalTold wire)
    {
        wire.Number = message.Number;
        wire.Order = message.Order;
        wire.Last = message.Last;
    }

    private static JournalTold Read(V1.JournalTold wire, TensorSlice tensor) =>
        new(Valid.Count(wire.Number, "JournalTold.number"), wire.Order, wire.Last);

    private static void Fill(MemoryOffer message, V1.MemoryOffer wire)
    {
        wire.ProcessId = message.ProcessId;
        wire.Descriptor_ = message.Descriptor;
        wire.Length = message.Bytes;
        wire.Mark = message.Mark;
    }

    private static MemoryOffer Read(V1.MemoryOffer wire, TensorSlice tensor) => new(
        Valid.Count(wire.ProcessId, "MemoryOffer.process_id"),
        Valid.Count(wire.Descriptor_, "MemoryOffer.descriptor"),
        Valid.Count(wire.Length, "MemoryOffer.length"),
        wire.Mark);
}
