using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Units under a sequenced rule: those that arrive with the parameters they begin on, oldest first.</summary>
internal sealed class SequencedUnits(int worker, int lanes) : UnitSource
{
    private readonly Queue<(LaneStart Start, ParametersKey Key, TensorSlice Vector)> _waiting = new();

    private readonly long[] _lastDispatch = NothingDispatched(lanes);

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
                vector.Retain();
                _waiting.Enqueue((start, parameters.Key, vector));
            }
        }

        vector.Release();
    }

    public override void OnLanes(LaneRange lanes)
    {
    }

    public override bool IsObsolete(GradientOrder order) => false;

    public override bool TryNext(GradientOrder order, TimeSpan now)
    {
        if (!_waiting.TryDequeue(out var unit))
        {
            return false;
        }

        order.Prepare(unit.Start.Step, unit.Start.Dispatch, unit.Key, unit.Vector, now);
        order.Nodes.Add(TreeNode.Leaf(unit.Start.Lane));
        return true;
    }

    public override void Reset()
    {
        while (_waiting.TryDequeue(out var unit))
        {
            unit.Vector.Release();
        }

        Array.Fill(_lastDispatch, -1);
    }

    private bool IsNew(LaneStart start) => start.Worker == worker && start.Dispatch > _lastDispatch[start.Lane];

    private static long[] NothingDispatched(int lanes)
    {
        var dispatches = new long[lanes];
        Array.Fill(dispatches, -1);
        return dispatches;
    }
}
