using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>One life of a node.</summary>
/// <param name="Name">The actor it was started for, such as worker-3.</param>
/// <param name="Life">Which of its lives; a later one has a higher number.</param>
/// <param name="Card">Where it is.</param>
public sealed record NodeLife(ActorId Name, long Life, NodeCard Card)
{
    /// <summary>Whether both are the same life, wherever it is said to be.</summary>
    public bool IsSame(NodeLife other) => Name == other.Name && Life == other.Life;
}

/// <summary>
/// Membership and small messages: the seam behind which clusters differ. What is above it does not know how nodes find each other. A
/// plane reports; what follows from it is decided above, by the coordinator.
/// </summary>
public interface IControlPlane : IAsyncDisposable
{
    /// <summary>Whether this node is part of its cluster now.</summary>
    public bool IsMember { get; }

    /// <summary>Begins; the listener is called from then on, for one node one call at a time.</summary>
    public void Start(IControlListener listener);

    /// <summary>
    /// Sends to a node that is up: on the coordinator's node any, elsewhere the coordinator's. Takes the envelope over; one for a node that is
    /// not up is dropped. Does not wait. In order.
    /// </summary>
    public void Send(ActorId node, Envelope envelope);

    /// <summary>On the coordinator's node: a life of a node is over, whatever it thinks. It comes back as a new one, if it does.</summary>
    public void Expel(ActorId node, long life, string reason);

    /// <summary>A node that is up; null: it is not.</summary>
    public NodeLife? Find(ActorId node);

    /// <summary>How long ago a node that is up was last heard; null where it is not up.</summary>
    public TimeSpan? SinceHeard(ActorId node);

    /// <summary>Tells others, where there are some, that this node ends in good order, and waits until they know, but not for long.</summary>
    public Task LeaveAsync();
}

/// <summary>
/// Told by an <see cref="IControlPlane"/>; must return soon. On a node for which the cluster has a coordinator's place to give,
/// <see cref="OnSelf"/> gives it; <see cref="ICoordinatorListener"/> is told when it is given elsewhere.
/// </summary>
public interface IControlListener
{
    /// <summary>This node was admitted in this life. In a life other than before, everything that ran here is void.</summary>
    public void OnSelf(NodeLife self);

    /// <summary>This node will never be admitted, for the reason given.</summary>
    public void OnRefused(string reason);

    /// <summary>The plane cannot go on.</summary>
    public void OnFailed(Exception failure);

    /// <summary>A node is there: on the coordinator's node any, elsewhere the coordinator's.</summary>
    public void OnUp(NodeLife node);

    /// <summary>It is gone; with <paramref name="left"/>, because it wished to.</summary>
    public void OnDown(NodeLife node, string reason, bool left);

    /// <summary>A message of a node that is up. Takes the envelope over.</summary>
    public void OnMessage(NodeLife from, Envelope envelope);
}

/// <summary>On a server's or worker's node.</summary>
internal interface IMemberListener : IControlListener
{
    /// <summary>Whether actors of a run are here, whose state must not be lost.</summary>
    public bool HasRun { get; }

    /// <summary>What drove the actors here has ended, and they with it; the node's life may go on.</summary>
    public void OnVoid();
}

/// <summary>On a node that can be the coordinator's, where a control plane moves it between several.</summary>
internal interface ICoordinatorListener : IControlListener
{
    /// <summary>What a coordinator elsewhere needs to know of this cluster's runs; null: the coordinator is not here.</summary>
    public JournalTold? Journal { get; }

    /// <summary>Whether servers of a run have come to the coordinator here: what they hold would be lost if it went elsewhere.</summary>
    public bool HasServers { get; }

    /// <summary>The coordinator is elsewhere from now on. Ends with what ran here for it.</summary>
    public Task StandDownAsync();

    /// <summary>The coordinator, elsewhere, has told of its runs and its life.</summary>
    public void OnJournal(JournalTold journal, long life);

    /// <summary>The coordinator, elsewhere, is at that address, host:port.</summary>
    public void OnCoordinatorAt(string address);
}
