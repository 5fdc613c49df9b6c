using DistNet.Protocol;

namespace DistNet.Cluster.Akka;

/// <summary>Where an actor system listens, and where others reach it.</summary>
/// <param name="Bind">Address that it listens on.</param>
/// <param name="BindPort">0: any that is free.</param>
/// <param name="Public">Host at which others reach it.</param>
/// <param name="PublicPort">0: the one it listens on.</param>
/// <param name="IsEncrypted">Whether it speaks TLS.</param>
internal sealed record AkkaPlace(string Bind, int BindPort, string Public, int PublicPort, bool IsEncrypted)
{
    /// <summary>Address that it listens on, with its port.</summary>
    public string BindText => new ClusterAddress(Bind, BindPort).ToString();

    /// <summary>The port after the node's own; a server's or worker's node whose own is any that is free has any here too, because nobody looks for it there.</summary>
    public static AkkaPlace Of(ControlContext node)
    {
        var door = ClusterAddress.Parse(node.Card.Address, "--advertise");
        var isNext = node.Options.Role == Role.Coordinator || node.Options.Listen.Port != 0;
        return new AkkaPlace(node.Options.Listen.Host, isNext ? node.Port + 1 : 0, door.Host, isNext ? door.Port + 1 : 0, node.Tls.Listens);
    }

    /// <summary>A client's, on the address that reaches a node.</summary>
    public static AkkaPlace TowardsNode(ClusterAddress node, bool isEncrypted)
    {
        var own = RouteTo.Find(node);
        return new AkkaPlace(own, 0, own, 0, isEncrypted);
    }
}
