using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Estimates the curvature of the loss when the coordinator asks, beside the units: shard by shard, in orders of its own that no unit waits for longer than
/// for one of them, on parameters that were sent for units anyway. What disturbs it costs the estimate, and nothing else.
/// </summary>
internal sealed class CurvatureEstimate(RunPlan plan, int worker, TensorPool pool)
{
    /// <summary>Products of the Hessian in an estimate; the next one goes on from the direction of the last.</summary>
    private const int Iterations = 3;

    /// <summary>Shards of a global batch that are looked at, at most.</summary>
    private const int MostShards = 16;

    private readonly CurvatureOrder _order = new(pool, plan.Layout.Bands.Length);
    private readonly List<int> _lanes = [];
    private PowerIteration? _iteration;
    private long _asked;
    private ParametersKey _key;
    private TensorSlice _weights;
    private Tensor? _point;
    private long _points;
    private long _step;
    private int _samples;
    private int _done;
    private bool _isLent;
    private bool _isAbandoned;

    /// <summary>Units' worth of work in an estimate, at most.</summary>
    public static int UnitsOf(RunPlan plan) => 2 * Iterations * Math.Min(plan.Lanes, MostShards);

    /// <summary>The next parameters of this generation will do.</summary>
    public void Ask(long generation) => _asked = Math.Max(_asked, generation);

    /// <summary>Parameters that units begin on: holds them if it was asked and is not at it.</summary>
    public void Offer(ParameterAssembly parameters)
    {
        if (_asked != parameters.Key.Generation || _isLent || !_weights.IsEmpty || parameters.Starts is not { Count: > 0 } starts)
        {
            return;
        }

        _asked = 0;
        Choose(starts[0].Step);
        if (_lanes.Count > 0)
        {
            Begin(parameters.Key, parameters.Vector);
        }
    }

    /// <summary>Lends the next order out, when it is time.</summary>
    public void StartNext(TimeSpan now, Outbox outbox)
    {
        if (_isLent || _weights.IsEmpty)
        {
            return;
        }

        if (_done % _lanes.Count == 0)
        {
            _points++;
            _iteration!.Point(_weights.Span, Side, _point!.Span);
        }

        // Numbers of lanes' own weights are positive; of two workers no two points have the same.
        _order.Prepare(_step, 0, _key with { Own = -((_points << 32) + worker + 1) }, _point!.All, now);
        _order.Nodes.Add(TreeNode.Leaf(_lanes[_done % _lanes.Count]));
        _isLent = true;
        outbox.StartWork(_order);
    }

    /// <summary>A band of the order's gradient is there.</summary>
    public void OnBand(int part)
    {
        if (!_isAbandoned)
        {
            _iteration!.Add(Side, plan.Layout.Bands[part].Offset, _order.Gradient(part, 0).Span);
        }

        _order.Release(part);
    }

    /// <summary>The host has given the order back.</summary>
    /// <param name="isDone">It was not cancelled.</param>
    /// <param name="outbox">Takes the answer when this was the last order.</param>
    public void OnBack(bool isDone, Outbox outbox)
    {
        _order.ReleaseAll();
        _isLent = false;
        if (_isAbandoned || !isDone || _order.NonFiniteLayer >= 0)
        {
            LetGo();
            return;
        }

        if (++_done % (2 * _lanes.Count) == 0)
        {
            EndIteration(outbox);
        }
    }

    /// <summary>The parameters are not the run's any more.</summary>
    public void Abandon(Outbox outbox)
    {
        if (_isLent)
        {
            _isAbandoned = true;
            outbox.CancelWork(_order);
        }
        else
        {
            LetGo();
        }
    }

    /// <summary>On which side of the weights the gradient is taken: first all shards on the one, then on the other.</summary>
    private int Side => _done / _lanes.Count % 2 == 0 ? 1 : -1;

    /// <summary>The first shards of a batch.</summary>
    private void Choose(long step)
    {
        (_step, _samples) = (step, 0);
        _lanes.Clear();
        for (var lane = 0; lane < Math.Min(plan.Lanes, MostShards); lane++)
        {
            var samples = plan.SamplesOf(step, TreeNode.Leaf(lane));
            if (samples > 0)
            {
                _lanes.Add(lane);
                _samples += samples;
            }
        }
    }

    private void Begin(ParametersKey key, TensorSlice weights)
    {
        weights.Retain();
        (_key, _weights) = (key, weights);
        _point = pool.RentVector(plan.Layout);
        _done = 0;
        _iteration ??= new PowerIteration(plan.Layout.Length, Luck.Key(plan.Seed, LuckPurpose.Curvature));
        _iteration.Begin(weights.Span);
    }

    private void EndIteration(Outbox outbox)
    {
        var curvature = _iteration!.Turn(_samples);
        if (!double.IsFinite(curvature) || curvature == 0)
        {
            LetGo();
        }
        else if (_done == 2 * Iterations * _lanes.Count)
        {
            outbox.Send(ActorId.Coordinator, new Probed(_key.Generation, _key.Version, curvature));
            LetGo();
        }
        else
        {
            _iteration.Begin(_weights.Span);
        }
    }

    private void LetGo()
    {
        _weights.Release();
        _weights = default;
        _point?.Release();
        _point = null;
        _isAbandoned = false;
    }
}
