using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>The lines of all nodes: until when each is busy, and how long messages are under way.</summary>
internal sealed class NetworkLines
{
    private readonly LinkModel _links;
    private readonly int _parameters;
    private readonly TimeSpan[] _sendingUntil;
    private readonly TimeSpan[] _receivingUntil;
    private readonly LuckStream[] _latencies;
    private readonly LuckStream[] _duplicates;

    /// <param name="links">The network.</param>
    /// <param name="parameters">Parameters of the network that is trained.</param>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="seed">Of latencies and duplicates.</param>
    public NetworkLines(LinkModel links, int parameters, int nodes, ulong seed)
    {
        _links = links;
        _parameters = parameters;
        _sendingUntil = new TimeSpan[nodes];
        _receivingUntil = new TimeSpan[nodes];
        _latencies = Streams(nodes, seed, 0);
        _duplicates = Streams(nodes, seed, 1);
    }

    /// <summary>Receiving takes time as well.</summary>
    public bool HasQueues => _links.BitsPerSecond is not null;

    public long BytesOf(Envelope envelope) => _links.BytesOf(envelope.Tensor.Length, _parameters);

    public bool IsDuplicated(int from) => _duplicates[from].Chance(_links.DuplicateProbability);

    /// <summary>Gives a message to the sender's line; when its first bit is at the receiver.</summary>
    public TimeSpan Send(int from, long bytes, TimeSpan now)
    {
        var begin = Max(now, _sendingUntil[from]);
        _sendingUntil[from] = begin + _links.TimeOf(bytes);
        return begin + _latencies[from].Time(_links.Latency);
    }

    /// <summary>The first bit of a message is here; when its last is.</summary>
    public TimeSpan Receive(int to, long bytes, TimeSpan now) =>
        _receivingUntil[to] = Max(now, _receivingUntil[to]) + _links.TimeOf(bytes);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static LuckStream[] Streams(int nodes, ulong seed, uint kind) =>
        [.. Enumerable.Range(0, nodes).Select(node => new LuckStream(Luck.Key(seed, LuckPurpose.Network, (uint)node, kind)))];
}
