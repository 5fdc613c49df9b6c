using System.Runtime.InteropServices;
using DistNet.Actors;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Carries out work orders with the network: gathers the rows of the order's lanes, goes forward and backward, and writes the
/// gradients into tensors of the order. Not shared between threads; allocates nothing once it has seen a full batch.
/// </summary>
public sealed unsafe class NetworkWorkRunner : IWorkRunner, IGradientSink
{
    private readonly RunPlan _plan;
    private readonly DataSet _train;
    private readonly DataSet? _test;
    private readonly WeightCache? _cache;
    private readonly CachedWeights _cached = new();
    private readonly DirectWeights _direct = new();
    private readonly NetworkCompute _compute;
    private readonly EpochOrder _order;
    private readonly int[] _bounds;
    private readonly int[] _chunk = new int[RunPlan.EvaluationChunkLength];
    private SampleSums[] _sums = [];
    private GradientOrder? _current;
    private IWorkSink? _sink;

    /// <param name="plan">The run.</param>
    /// <param name="train">The training part, scaled.</param>
    /// <param name="test">The test part, scaled; null: none.</param>
    /// <param name="maxRows">Most rows of a batch that an order will cover.</param>
    /// <param name="cache">Packed weights, shared with the other runners of the process; null: weights are read as they lie.</param>
    /// <param name="team">Who computes products together; the runner's alone.</param>
    public NetworkWorkRunner(RunPlan plan, DataSet train, DataSet? test, int maxRows, WeightCache? cache, IComputeTeam team)
    {
        _cache = cache;
        _plan = plan;
        _train = train;
        _test = test;
        _compute = new NetworkCompute(plan.Network, plan.Layout, test is null ? maxRows : Math.Max(maxRows, Math.Min(test.Count, _chunk.Length)), team);
        _order = new EpochOrder(plan.Schedule, train.Labels);
        _bounds = new int[plan.Lanes + 1];
    }

    public bool Run(NetworkWork order, IWorkSink sink)
    {
        if (_cache is null)
        {
            _direct.Begin(order.Parameters.Pointer);
            return Run(order, _direct, sink);
        }

        _cache.Attach(_cached, order.Key, order.Parameters.Pointer);
        try
        {
            return Run(order, _cached, sink);
        }
        finally
        {
            _cache.Detach(_cached);
        }
    }

    public void Dispose() => _compute.Dispose();

    float* IGradientSink.MemoryFor(in GradientBand band, int node) => _current!.Rent(band.Index, node, band.Length).Pointer;

    void IGradientSink.OnReady(in GradientBand band)
    {
        var order = _current!;
        if (order.Results.Count == 0)
        {
            Publish(order);
        }

        if (order.NonFiniteLayer < 0)
        {
            _sink!.OnYielded(order, band.Index);
        }
    }

    private bool Run(NetworkWork order, NetworkWeights weights, IWorkSink sink) => order switch
    {
        GradientOrder gradient => Compute(gradient, weights, sink),
        EvaluationOrder evaluation => Evaluate(evaluation, weights),
        _ => throw new ArgumentException($"Unknown work {order.GetType().Name}.", nameof(order)),
    };

    private bool Compute(GradientOrder order, NetworkWeights weights, IWorkSink sink)
    {
        var lanes = new LaneRange(order.Nodes[0].First, Math.Min(order.Nodes[^1].End, _plan.Lanes));
        Gather(order.Step, lanes);
        var key = new TrainingStep(_plan.Seed, (int)_plan.Schedule.Epoch(order.Step), (int)order.Step);
        if (!_compute.Forward(weights, key, order.Cancelled))
        {
            return false;
        }

        if (_sums.Length < order.Nodes.Count)
        {
            _sums = new SampleSums[order.Nodes.Count];
        }

        _current = order;
        _sink = sink;
        return _compute.Backward(
            new LaneRows(lanes.First, _bounds.AsSpan(0, lanes.Count + 1)),
            CollectionsMarshal.AsSpan(order.Nodes),
            _sums.AsSpan(0, order.Nodes.Count),
            this,
            order.Cancelled);
    }

    private void Gather(long step, LaneRange lanes)
    {
        var first = _plan.Schedule.LaneRows(step, lanes.First).First;
        for (var lane = lanes.First; lane < lanes.End; lane++)
        {
            _bounds[lane - lanes.First] = _plan.Schedule.LaneRows(step, lane).First - first;
        }

        var end = _plan.Schedule.LaneRows(step, lanes.End - 1).End;
        _bounds[lanes.Count] = end - first;
        _compute.Gather(_train, _order.Rows(step, first, end));
    }

    /// <summary>Losses are known before the first gradient is; one that is not finite stops the order there.</summary>
    private void Publish(GradientOrder order)
    {
        for (var i = 0; i < order.Nodes.Count; i++)
        {
            order.Results.Add(new NodeResult(_sums[i].Loss, _sums[i].Samples));
            if (!double.IsFinite(_sums[i].Loss) && order.NonFiniteLayer < 0)
            {
                var layer = _compute.FirstNonFiniteLayer();
                order.NonFiniteLayer = layer < 0 ? _plan.Network.Layers.Count - 1 : layer;
            }
        }
    }

    private bool Evaluate(EvaluationOrder order, NetworkWeights weights)
    {
        foreach (var chunk in order.Chunks)
        {
            var first = chunk * RunPlan.EvaluationChunkLength;
            var count = Math.Min(RunPlan.EvaluationChunkLength, _test!.Count - first);
            for (var i = 0; i < count; i++)
            {
                _chunk[i] = first + i;
            }

            _compute.Gather(_test, _chunk.AsSpan(0, count));
            var sums = _compute.Evaluate(weights);
            order.Scores.Add(new ChunkScore(sums.Loss, sums.Correct, sums.Samples));
            if (order.Cancelled.IsSet)
            {
                return false;
            }
        }

        return true;
    }
}
