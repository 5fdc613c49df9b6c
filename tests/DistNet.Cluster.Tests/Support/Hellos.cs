using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

internal static class Hellos
{
    /// <summary>What a node that belongs to the cluster would say.</summary>
    public static Hello Of(TestCluster cluster, ConnectionKind kind, Role role = Role.Worker, int index = 9, long life = 0) =>
        new(WireProtocol.Version, kind, cluster.Token.Text, role, index, life, new NodeCard("127.0.0.1:1", "elsewhere", 1, ArithmeticProbe.Hash()));

    /// <summary>What it would say then, if nothing ran on it.</summary>
    public static Enlist Enlisting(string order) => new(order, [], []);
}
