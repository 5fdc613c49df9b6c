using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Units under a sequenced rule: those that arrive with the parameters they begin on, oldest first. A newer dispatch to a lane makes what it was at
/// obsolete: that was cancelled.
/// </summary>
internal sealed class SequencedUnits(RunPlan plan, Func<WorkerLife> self, LaneWeights weights) : UnitSource
{
    private readonly List<(LaneStart Start, ParametersKey Key, TensorSlice Vector)> _waiting = [];
    private readonly long[] _lastDispatch = NothingDispatched(plan.Lanes);
    private int _bandsLeft;

    public override bool WantsNewestOnly => false;

    public override bool IsStale(in Parameters parameters)
    {
        for (var i = 0; i < (parameters.Starts?.Count ?? 0); i++)
        {
            if (IsNew(parameters.Starts![i]))
            {
                return false;
            }
        }

        return true;
    }

    public override void OnParameters(ParameterAssembly parameters)
    {
        var vector = parameters.Take();
        for (var i = 0; i < (parameters.Starts?.Count ?? 0); i++)
        {
            var start = parameters.Starts![i];
            if (IsNew(start))
            {
                _lastDispatch[start.Lane] = start.Dispatch;
                Cancel(start.Lane);
                vector.Retain();
                _waiting.Add((start, parameters.Key, vector));
            }
        }

        vector.Release();
    }

    /// <summary>Not when it has left already: then the newer dispatch is the one after it.</summary>
    public override bool IsObsolete(GradientOrder order) => _bandsLeft > 0 && order.Dispatch < _lastDispatch[order.Nodes[0].First];

    public override bool TryNext(GradientOrder order, TimeSpan now)
    {
        if (_waiting.Count == 0)
        {
            return false;
        }

        var (start, key, vector) = _waiting[0];
        _waiting.RemoveAt(0);
        _bandsLeft = plan.Layout.Bands.Length;
        var (own, number) = weights.Begin(start, vector);
        order.Prepare(start.Step, start.Dispatch, key with { Own = number }, own, now);
        order.Nodes.Add(TreeNode.Leaf(start.Lane));
        return true;
    }

    public override void OnBand(GradientOrder order, in GradientBand band, Outbox outbox)
    {
        weights.OnBand(order, band, outbox);
        if (--_bandsLeft == 0)
        {
            weights.End();
        }
    }

    public override void Reset()
    {
        _waiting.ForEach(static unit => unit.Vector.Release());
        _waiting.Clear();
        weights.Reset();
        Array.Fill(_lastDispatch, -1);
        _bandsLeft = 0;
    }

    private void Cancel(int lane)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Start.Lane == lane)
            {
                _waiting[i].Vector.Release();
                _waiting.RemoveAt(i);
            }
        }
    }

    private bool IsNew(LaneStart start) => start.Worker == self() && start.Dispatch > _lastDispatch[start.Lane];

    private static long[] NothingDispatched(int lanes)
    {
        var dispatches = new long[lanes];
        Array.Fill(dispatches, -1);
        return dispatches;
    }
}
