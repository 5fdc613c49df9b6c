using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// EASGD: a lane has weights x of its own, which begin at the center c. A unit is x' = x - rate g(x) - a (x - c); what it pushes is -a (x - c), which the
/// server subtracts from the center. Holds each lane's x, and while a unit is computed x' and c.
/// </summary>
internal sealed class ElasticWeights(RunPlan plan, float elasticity, TensorPool pool) : LaneWeights
{
    private readonly LocalRates _rates = new(plan);
    private readonly Dictionary<int, TensorSlice> _lanes = [];
    private int _lane;
    private TensorSlice _center;
    private Tensor? _next;
    private Tensor? _pull;

    public override (TensorSlice Weights, long Number) Begin(in LaneStart start, TensorSlice parameters)
    {
        LetGoOfUnit();
        (_lane, _center) = (start.Lane, parameters);
        _next = pool.RentVector(plan.Layout);
        _pull = pool.RentVector(plan.Layout);
        if (start.OwnFrom == start.Step)
        {
            parameters.Retain();
            Keep(start.Lane, parameters);
        }

        var weights = _lanes[start.Lane];
        weights.Retain();
        return (weights, start.Dispatch + 1);
    }

    public override void OnBand(GradientOrder order, in GradientBand band, Outbox outbox)
    {
        var own = _lanes[_lane].Span.Slice(band.Offset, band.Length);
        var center = _center.Span.Slice(band.Offset, band.Length);
        var next = _next!.Span.Slice(band.Offset, band.Length);
        var pull = _pull!.All.Slice(band.Offset, band.Length);
        ElasticStep.Pull(own, center, pull.Span, elasticity);
        _rates.Step(order.Step, _lane, own, order.Gradient(band.Index, 0).Span, next);
        LocalStep.Apply(next, pull.Span, next, -1);
        Pusher.Push(plan, Pusher.UnitOf(order, 0), band, pull, outbox);
    }

    public override void End()
    {
        Keep(_lane, _next!.All);
        _next = null;
        LetGoOfUnit();
    }

    public override void Reset()
    {
        LetGoOfUnit();
        foreach (var weights in _lanes.Values)
        {
            weights.Release();
        }

        _lanes.Clear();
    }

    private void Keep(int lane, TensorSlice weights)
    {
        if (_lanes.Remove(lane, out var before))
        {
            before.Release();
        }

        _lanes[lane] = weights;
    }

    private void LetGoOfUnit()
    {
        _center.Release();
        _center = default;
        _next?.Release();
        _pull?.Release();
        _next = _pull = null;
    }
}
