using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

internal static class Hellos
{
    /// <summary>A worker's, where there is no cluster that it could belong to.</summary>
    public static readonly Hello Bare = new(WireProtocol.Version, ConnectionKind.Control, "token", Role.Worker, 0, 0, new NodeCard("127.0.0.1:1", "here", 7, "probe"));

    /// <summary>What a node that belongs to the cluster would say.</summary>
    public static Hello Of(TestCluster cluster, ConnectionKind kind, Role role = Role.Worker, int index = 9, long life = 0) =>
        new(WireProtocol.Version, kind, cluster.Token.Text, role, index, life, new NodeCard("127.0.0.1:1", "elsewhere", 1, ArithmeticProbe.Hash()));

    /// <summary>What it would say then, if nothing ran on it.</summary>
    public static Enlist Enlisting(string order) => new(order, [], []);
}
