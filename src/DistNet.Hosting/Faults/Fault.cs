using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>One thing that goes wrong on purpose.</summary>
/// <param name="Kind">What.</param>
/// <param name="Start">When it begins. It does so once in a run, whatever is done again.</param>
/// <param name="For">How long it lasts; null: to the end of the run. Zero where it happens at once.</param>
public abstract record Fault(FaultKind Kind, FaultStart Start, TimeSpan? For);

/// <summary>What happens to nodes.</summary>
/// <param name="Nodes">To which.</param>
public abstract record NodeFault(FaultKind Kind, FaultStart Start, TimeSpan? For, NodeSet Nodes) : Fault(Kind, Start, For)
{
    public sealed override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Nodes} {Start}";
}

/// <summary>The process ends without a word.</summary>
/// <param name="RestartAfter">When it is started again, on the disk it had; null: never.</param>
public sealed record KillFault(FaultStart Start, NodeSet Nodes, TimeSpan? RestartAfter) : NodeFault(FaultKind.Kill, Start, TimeSpan.Zero, Nodes);

/// <summary>The process ends, and the newest stored item of a kind is cut short before it is started again.</summary>
public sealed record TearFault(FaultStart Start, NodeSet Nodes, TornItem Item, TimeSpan RestartAfter) : NodeFault(FaultKind.Tear, Start, TimeSpan.Zero, Nodes);

/// <summary>The node stands still.</summary>
public sealed record PauseFault(FaultStart Start, TimeSpan? For, NodeSet Nodes) : NodeFault(FaultKind.Pause, Start, For, Nodes);

/// <summary>The work of a worker takes longer.</summary>
/// <param name="Factor">So many times as long, above 1.</param>
public sealed record SlowFault(FaultStart Start, TimeSpan? For, NodeSet Nodes, double Factor) : NodeFault(FaultKind.Slow, Start, For, Nodes);

/// <summary>What happens between nodes.</summary>
/// <param name="From">Senders.</param>
/// <param name="To">Receivers.</param>
public abstract record LinkFault(FaultKind Kind, FaultStart Start, TimeSpan? For, NodeSet From, NodeSet To) : Fault(Kind, Start, For)
{
    /// <summary>Whether it is about what one node sends to the other.</summary>
    public bool Concerns(ActorId from, ActorId to) => From.Contains(from) && To.Contains(to);

    public sealed override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {From} -> {To} {Start}";
}

/// <summary>Whatever is sent arrives later, in order.</summary>
/// <param name="By">How much later.</param>
public sealed record DelayFault(FaultStart Start, TimeSpan? For, NodeSet From, NodeSet To, TimeSpan By) : LinkFault(FaultKind.Delay, Start, For, From, To);

/// <summary>
/// The two groups cannot reach each other, in either direction: connections between them close, and none comes about. On a cluster
/// the nodes of the first group see to it. A node in both groups is cut off from the others of both.
/// </summary>
public sealed record PartitionFault(FaultStart Start, TimeSpan? For, NodeSet From, NodeSet To) : LinkFault(FaultKind.Partition, Start, For, From, To)
{
    /// <summary>Whether it stands between two nodes.</summary>
    public bool Separates(ActorId one, ActorId other) => Concerns(one, other) || Concerns(other, one);
}

/// <summary>What happens to some of the frames between nodes.</summary>
/// <param name="Frames">Which.</param>
public abstract record FrameFault(FaultKind Kind, FaultStart Start, TimeSpan? For, NodeSet From, NodeSet To, FrameChoice Frames)
    : LinkFault(Kind, Start, For, From, To);

/// <summary>A frame is lost: its connection breaks, and both ends see it.</summary>
public sealed record DropFault(FaultStart Start, TimeSpan? For, NodeSet From, NodeSet To, FrameChoice Frames)
    : FrameFault(FaultKind.Drop, Start, For, From, To, Frames);

/// <summary>A frame arrives twice, one after the other.</summary>
public sealed record DuplicateFault(FaultStart Start, TimeSpan? For, NodeSet From, NodeSet To, FrameChoice Frames)
    : FrameFault(FaultKind.Duplicate, Start, For, From, To, Frames);

/// <summary>A byte of a frame is altered: the receiver's codec refuses it, and the connection ends.</summary>
public sealed record CorruptFault(FaultStart Start, TimeSpan? For, NodeSet From, NodeSet To, FrameChoice Frames)
    : FrameFault(FaultKind.Corrupt, Start, For, From, To, Frames);
