using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Units under a barrier rule: at version t those of the next update, of every lane hosted here, once. Lanes that move here while an update is
/// under way are computed then, and so are those of a late worker for one step; whether somebody else has done so already does not
/// matter, the bits are the same.
/// </summary>
internal abstract class BarrierUnits(RunPlan plan, RulePhase phase, Assignment assignment) : UnitSource
{
    private static readonly ParametersKey NoParameters = new(0, -1);

    private readonly bool[] _begun = new bool[plan.Lanes];

    public override bool WantsNewestOnly => true;

    protected RunPlan Plan => plan;

    /// <summary>The version to compute on; held here.</summary>
    protected TensorSlice Vector { get; private set; }

    protected ParametersKey Key { get; private set; } = NoParameters;

    /// <summary>The global batches of the next update.</summary>
    protected StepRange Steps => plan.StepsOf(phase, Key.Version);

    protected bool MayBegin => !Vector.IsEmpty && Key.Version < assignment.Horizon;

    public override bool IsStale(in Parameters parameters) => parameters.Version <= Key.Version;

    public override void OnParameters(ParameterAssembly parameters)
    {
        Vector.Release();
        Vector = parameters.Take();
        Key = parameters.Key;
        Array.Clear(_begun);
    }

    public override bool IsObsolete(GradientOrder order) => order.Version < Key.Version;

    public override void Reset()
    {
        Vector.Release();
        Vector = default;
        Key = NoParameters;
    }

    /// <summary>Lanes to begin now, at most so many: those hosted here before those of others; none left: an empty range.</summary>
    protected LaneRange NextLanes(int most)
    {
        var next = NextRun(assignment.Lanes, most);
        for (var i = 0; i < assignment.Assisted.Count && next.Count == 0 && assignment.AssistedStep == Steps.First; i++)
        {
            next = NextRun(assignment.Assisted[i], most);
        }

        return next;
    }

    /// <summary>The first consecutive ones of these lanes that have rows in this update and have not begun; marks them.</summary>
    private LaneRange NextRun(LaneRange lanes, int most)
    {
        var first = lanes.First;
        while (first < lanes.End && (_begun[first] || plan.SamplesOf(Steps, TreeNode.Leaf(first)) == 0))
        {
            first++;
        }

        var end = first;
        while (end < lanes.End && !_begun[end] && end - first < most)
        {
            _begun[end++] = true;
        }

        return new LaneRange(first, end);
    }
}

/// <summary>One global batch an update: all lanes hosted here are one product.</summary>
internal sealed class BatchUnits(RunPlan plan, RulePhase phase, Assignment assignment) : BarrierUnits(plan, phase, assignment)
{
    public override bool TryNext(GradientOrder order, TimeSpan now)
    {
        var lanes = MayBegin ? NextLanes(Plan.Lanes) : default;
        if (lanes.Count == 0)
        {
            return false;
        }

        order.Prepare(Steps.First, 0, Key, Vector, now);
        Vector.Retain();
        Plan.Tree.Decompose(lanes.First, lanes.End, order.Nodes);
        return true;
    }

    public override void OnBand(GradientOrder order, in GradientBand band, Outbox outbox) => Pusher.Push(Plan, order, band, outbox);
}
