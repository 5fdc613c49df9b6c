using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Draws how long what a node does takes. Draws go on over the lives of a node, each kind and node for itself.</summary>
internal sealed class NodeTimes
{
    private readonly SimulationOptions _options;
    private readonly (DelayLaw Law, double SlowDown)[] _workers;
    private readonly LuckStream[] _service;
    private readonly LuckStream[] _evaluation;
    private readonly LuckStream[] _serverWork;
    private readonly LuckStream[] _store;

    public NodeTimes(SimulationOptions options, int nodes)
    {
        _options = options;
        _workers = [.. Enumerable.Range(0, nodes).Select(worker => (options.Service.Of(worker), options.Service.SlowDownOf(worker)))];
        _service = Streams(nodes, LuckPurpose.Compute, 0);
        _evaluation = Streams(nodes, LuckPurpose.Compute, 1);
        _serverWork = Streams(nodes, LuckPurpose.Compute, 2);
        _store = Streams(nodes, LuckPurpose.Disk, 1);
    }

    /// <param name="worker">Who computes.</param>
    /// <param name="order">What.</param>
    /// <param name="lanes">Lanes in it; 1 for an evaluation.</param>
    public TimeSpan Of(int worker, NetworkWork order, int lanes)
    {
        var (law, slowDown) = _workers[worker];
        var time = order is EvaluationOrder ? _evaluation[worker].Time(_options.Evaluation) : _service[worker].Time(law);
        return slowDown == 1 && lanes == 1 ? time : time * (slowDown * lanes);
    }

    /// <param name="node">Number of the server's node.</param>
    public TimeSpan OfServerWork(int node) => _serverWork[node].Time(_options.ServerWork);

    /// <param name="node">Number of the node.</param>
    public TimeSpan OfStore(int node) => _store[node].Time(_options.Store);

    private LuckStream[] Streams(int count, LuckPurpose purpose, uint kind) =>
        [.. Enumerable.Range(0, count).Select(i => new LuckStream(Luck.Key(_options.Seed, purpose, (uint)i, kind)))];
}
