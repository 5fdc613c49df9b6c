namespace DistNet.Cluster.Akka;

/// <summary>What a node says of its actor system at its own door, to those who look for a cluster.</summary>
/// <param name="Address">Of the actor system, as Akka writes it.</param>
/// <param name="Uid">Which of those that were at that address.</param>
/// <param name="Members">Nodes of the cluster that it is part of; 0: it is in none yet.</param>
/// <param name="Stays">The coordinator is here, and servers have come to it for a run: whoever looks for a coordinator comes here, too.</param>
internal sealed record AkkaDoor(string Address, int Uid, int Members, bool Stays)
{
    /// <summary>GET: this. POST, with addresses of actor systems: their cluster is to be joined, if this node has nothing to lose in its own.</summary>
    public const string Path = "/api/akka";

    /// <summary>Whether others can join through it.</summary>
    public bool IsMember => Members > 0;
}
