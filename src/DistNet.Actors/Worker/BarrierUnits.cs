using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Units under a barrier rule: at version t the shards of step t of every lane hosted here, once. Lanes that move here while a step is
/// under way are computed then, and so are those of a late worker for one step; whether somebody else has done so already does not
/// matter, the bits are the same.
/// </summary>
internal sealed class BarrierUnits(RunPlan plan) : UnitSource
{
    private static readonly ParametersKey NoParameters = new(0, -1);

    private readonly bool[] _begun = new bool[plan.Lanes];
    private readonly List<LaneRange> _assisted = [];
    private long _assistedStep;
    private TensorSlice _vector;
    private ParametersKey _key = NoParameters;
    private long _horizon;
    private LaneRange _lanes;

    public override bool IsStale(in Parameters parameters) => parameters.Version <= _key.Version;

    public override void OnParameters(ParameterAssembly parameters)
    {
        _vector.Release();
        _vector = parameters.Take();
        _key = parameters.Key;
        Array.Clear(_begun);
    }

    public override void OnLanes(LaneRange lanes) => _lanes = lanes;

    public override void OnAssist(long step, LaneRange lanes)
    {
        if (step > _assistedStep)
        {
            _assisted.Clear();
            _assistedStep = step;
        }

        if (step == _assistedStep)
        {
            _assisted.Add(lanes);
        }
    }

    public override void OnHorizon(long version) => _horizon = Math.Max(_horizon, version);

    public override bool IsObsolete(GradientOrder order) => order.Step < _key.Version;

    public override bool TryNext(GradientOrder order, TimeSpan now)
    {
        if (_vector.IsEmpty || _key.Version >= _horizon)
        {
            return false;
        }

        var lanes = Next();
        if (lanes.Count == 0)
        {
            return false;
        }

        order.Prepare(_key.Version, 0, _key, _vector, now);
        _vector.Retain();
        plan.Tree.Decompose(lanes.First, lanes.End, order.Nodes);
        return true;
    }

    public override void Reset()
    {
        _vector.Release();
        _vector = default;
        _key = NoParameters;
        _horizon = 0;
        _lanes = default;
        _assisted.Clear();
        _assistedStep = 0;
    }

    /// <summary>Lanes to begin now: those hosted here before those of others; none left: an empty range.</summary>
    private LaneRange Next()
    {
        var next = NextRun(_lanes);
        for (var i = 0; i < _assisted.Count && next.Count == 0 && _assistedStep == _key.Version; i++)
        {
            next = NextRun(_assisted[i]);
        }

        return next;
    }

    /// <summary>The first consecutive ones of these lanes that have rows in this step and have not begun; marks them.</summary>
    private LaneRange NextRun(LaneRange lanes)
    {
        var first = lanes.First;
        while (first < lanes.End && !MayBegin(first))
        {
            first++;
        }

        var end = first;
        while (end < lanes.End && !_begun[end])
        {
            _begun[end++] = true;
        }

        return new LaneRange(first, end);
    }

    private bool MayBegin(int lane) => !_begun[lane] && plan.SamplesOf(_key.Version, TreeNode.Leaf(lane)) > 0;
}
