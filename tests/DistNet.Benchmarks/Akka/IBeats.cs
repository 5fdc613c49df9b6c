using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Benchmarks;

/// <summary>A node that says nothing but signs of life: to the coordinator's node it is a server that has not enlisted yet, and so gets no work.</summary>
internal interface IBeats : IAsyncDisposable
{
    /// <summary>One sign of life, and its answer.</summary>
    public void Beat();
}

/// <summary>How it introduces itself.</summary>
internal static class BeatsHello
{
    /// <summary>No other has this number.</summary>
    public static readonly ActorId Name = ActorId.Server(99);

    public static Hello To(LocalCluster cluster) => new(
        WireProtocol.Version,
        ConnectionKind.Control,
        cluster.Token.Text,
        Name.Role,
        Name.Index,
        0,
        new NodeCard("127.0.0.1:1", "benchmark", Environment.ProcessId, ArithmeticProbe.Hash()));
}
