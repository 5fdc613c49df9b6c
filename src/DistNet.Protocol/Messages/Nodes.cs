namespace DistNet.Protocol;

/// <summary>What a connection between two nodes is for.</summary>
public enum ConnectionKind
{
    /// <summary>Small messages between a node and the coordinator's.</summary>
    Control,

    /// <summary>Messages with tensors.</summary>
    Data,
}

/// <summary>
/// First message on every connection, from the node that opened it. A node is named by the actor it was started for, such as worker-3.
/// </summary>
/// <param name="Protocol">Version of the wire protocol.</param>
/// <param name="Kind">What the connection is for.</param>
/// <param name="Token">What admits to the cluster.</param>
/// <param name="Role">What the node was started for.</param>
/// <param name="Index">Its number among those of its role, as far as it has a wish; -1: none.</param>
/// <param name="Life">Its life; 0: it has not been given one.</param>
/// <param name="Card">Where it is.</param>
public readonly record struct Hello(int Protocol, ConnectionKind Kind, string Token, Role Role, int Index, long Life, NodeCard Card) : IMessage;

/// <summary>Where a node is, for those who look for it.</summary>
/// <param name="Address">host:port at which others reach it.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="ProcessId">Process on that machine.</param>
/// <param name="Probe">Hash of the arithmetic probe.</param>
public sealed record NodeCard(string Address, string Host, int ProcessId, string Probe);

/// <summary>Answer to <see cref="Hello"/>: admitted, under this number and in this life. A life other than the one it came with is a new one.</summary>
/// <param name="Index">Number among the nodes of the role.</param>
/// <param name="Life">The node's life.</param>
/// <param name="PeerLife">The life of the node that answers.</param>
public readonly record struct Welcome(int Index, long Life, long PeerLife) : IMessage;

/// <summary>Answer to <see cref="Hello"/>: not admitted; the connection ends.</summary>
public readonly record struct Refused(string Reason) : IMessage;

/// <summary>Either way on a control connection: alive. Answered with the same number.</summary>
public readonly record struct Beat(long Number, bool IsAnswer) : IMessage;

/// <summary>An actor's life on a node.</summary>
public readonly record struct Posting(ActorId Actor, long Incarnation);

/// <summary>Node to coordinator's node, first after it was admitted: what runs here.</summary>
/// <param name="Order">
/// The run that the node takes part in, as <see cref="Assign"/> brought it, or did in an earlier life, as far as it knows of no end; empty: none.
/// </param>
/// <param name="Postings">Its actors that run here.</param>
/// <param name="Peers">
/// Everybody that the last <see cref="Peers"/> named: a coordinator that has just begun a new life must not take those for gone who have yet to
/// find it.
/// </param>
public readonly record struct Enlist(string Order, IReadOnlyList<Posting> Postings, IReadOnlyList<Peer> Peers) : IMessage;

/// <summary>Coordinator's node to another: run these actors too.</summary>
/// <param name="Order">The run: everything a node must know of it, as JSON.</param>
/// <param name="Postings">The actors and their lives.</param>
public readonly record struct Assign(string Order, IReadOnlyList<Posting> Postings) : IMessage;

/// <summary>Answer to <see cref="Assign"/>: the actor runs.</summary>
public readonly record struct Ready(string Run, Posting Posting) : IMessage;

/// <summary>Answer to <see cref="Assign"/>: this node cannot take part, such as for other data.</summary>
public readonly record struct Unfit(string Run, string Reason) : IMessage;

/// <summary>One actor that runs, and where.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Node">The node that hosts it.</param>
/// <param name="NodeLife">That node's life.</param>
/// <param name="Address">host:port of that node.</param>
public readonly record struct Peer(ActorId Actor, long Incarnation, ActorId Node, long NodeLife, string Address);

/// <summary>Coordinator's node to all: every actor of the run that runs now. Each message replaces the one before.</summary>
public readonly record struct Peers(string Run, IReadOnlyList<Peer> All) : IMessage;

/// <summary>Coordinator's node to all: the run is over; let go of its actors.</summary>
public readonly record struct RunEnded(string Run) : IMessage;

/// <summary>Node to coordinator's node: the data connection with another node broke, although that node lives as far as is known here.</summary>
public readonly record struct LinkBroken(ActorId Node, long Life, string Why) : IMessage;

/// <summary>Node to coordinator's node: it ends in good order, and is not to be waited for.</summary>
public readonly record struct Leave : IMessage;

/// <summary>
/// Coordinator's node to another: the life that it speaks in is over; what ran in it is to end, and it may say <see cref="Hello"/> again. For control planes whose
/// connections do not end by closing.
/// </summary>
public readonly record struct Expelled(string Reason) : IMessage;

/// <summary>Client to the coordinator's node: how does the cluster stand?</summary>
/// <param name="Token">What admits to the cluster.</param>
public readonly record struct StatusAsked(string Token) : IMessage;

/// <summary>Answer to <see cref="StatusAsked"/>; also told to all, about once a second.</summary>
/// <param name="Coordinator">host:port of the coordinator's node.</param>
/// <param name="Json">The cluster's status.</param>
public readonly record struct StatusTold(string Coordinator, string Json) : IMessage;

/// <summary>Coordinator's node to whoever listens: an update of the run.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Version">Updates so far.</param>
/// <param name="Versions">Updates at the run's end.</param>
/// <param name="Samples">Samples applied so far.</param>
/// <param name="Loss">The update's mean loss; not a number, or infinite, where a run diverges.</param>
public readonly record struct LossTold(string Run, long Version, long Versions, long Samples, double Loss) : IMessage;

/// <summary>Coordinator's node to those that stand by for it: what is written in its journal of runs.</summary>
/// <param name="Number">Number of the last run.</param>
/// <param name="Order">The run in progress, as <see cref="Assign"/> brings it; empty: none.</param>
/// <param name="Last">How the run before ended, as JSON; empty: none has.</param>
public readonly record struct JournalTold(long Number, string Order, string Last) : IMessage;

/// <summary>Either way on a data connection, first: tensors of this process lie in memory that another of the same machine may map.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Descriptor">Its number for the memory.</param>
/// <param name="Bytes">Length of the memory.</param>
/// <param name="Mark">What the memory begins with, so that nobody takes other memory for it.</param>
public readonly record struct MemoryOffer(int ProcessId, int Descriptor, long Bytes, string Mark) : IMessage;

/// <summary>Answer to <see cref="MemoryOffer"/>, if the memory is mapped: tensors in it need not travel on this connection any more.</summary>
/// <param name="ProcessId">The process that has mapped it.</param>
public readonly record struct MemoryMapped(int ProcessId) : IMessage;
