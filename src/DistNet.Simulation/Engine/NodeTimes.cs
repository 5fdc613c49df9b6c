using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Draws how long what a node does takes. Draws go on over the lives of a node, each kind and node for itself.</summary>
internal sealed class NodeTimes
{
    private readonly SimulationOptions _options;
    private readonly LuckStream[] _service;
    private readonly LuckStream[] _evaluation;
    private readonly LuckStream[] _serverWork;
    private readonly LuckStream[] _store;

    public NodeTimes(SimulationOptions options, int nodes)
    {
        _options = options;
        _service = Streams(nodes, LuckPurpose.Compute, 0);
        _evaluation = Streams(nodes, LuckPurpose.Compute, 1);
        _serverWork = Streams(nodes, LuckPurpose.Compute, 2);
        _store = Streams(nodes, LuckPurpose.Disk, 1);
    }

    /// <param name="worker">Who computes.</param>
    /// <param name="order">What.</param>
    /// <param name="lanes">Lanes in it.</param>
    public TimeSpan Of(int worker, NetworkWork order, int lanes)
    {
        var service = _options.Service;
        var time = order is EvaluationOrder
            ? _evaluation[worker].Time(_options.Evaluation)
            : _service[worker].Time(service.Of(worker)) * lanes;
        var factor = service.SlowDownOf(worker);
        return factor == 1 ? time : time * factor;
    }

    /// <param name="node">Number of the server's node.</param>
    public TimeSpan OfServerWork(int node) => _serverWork[node].Time(_options.ServerWork);

    /// <param name="node">Number of the node.</param>
    public TimeSpan OfStore(int node) => _store[node].Time(_options.Store);

    private LuckStream[] Streams(int count, LuckPurpose purpose, uint kind) =>
        [.. Enumerable.Range(0, count).Select(i => new LuckStream(Luck.Key(_options.Seed, purpose, (uint)i, kind)))];
}
