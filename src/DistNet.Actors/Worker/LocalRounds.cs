using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Local SGD: lane after lane, each takes the update's steps by itself, from the same version, with plain SGD; the sum of its gradient sums
/// leaves with the last. Holds the lane's weights and that sum meanwhile.
/// </summary>
internal sealed class LocalRounds(RunPlan plan, RulePhase phase, Assignment assignment, TensorPool pool) : BarrierUnits(plan, phase, assignment)
{
    private readonly LocalRates _rates = new(plan);
    private int _lane = -1;
    private long _step;
    private int _bandsLeft;
    private int _samples;
    private double _loss;
    private Tensor? _sum;
    private TensorSlice _weights;
    private Tensor? _next;

    public override void OnParameters(ParameterAssembly parameters)
    {
        EndRound();
        base.OnParameters(parameters);
    }

    public override bool TryNext(GradientOrder order, TimeSpan now)
    {
        if (_lane < 0 && !(MayBegin && TryBeginRound()))
        {
            return false;
        }

        var own = _step == FirstStep ? 0 : 1 + (_step * Plan.Lanes) + _lane;
        order.Prepare(_step, 0, Key with { Own = own }, _weights, now);
        _weights.Retain();
        order.Nodes.Add(TreeNode.Leaf(_lane));
        _bandsLeft = Plan.Layout.Bands.Length;
        _next = IsLastStep ? null : Rent();
        return true;
    }

    public override void OnBand(GradientOrder order, in GradientBand band, Outbox outbox)
    {
        var gradient = order.Gradient(band.Index, 0).Span;
        var sum = _sum!.All.Slice(band.Offset, band.Length);
        AddTo(sum.Span, gradient);
        if (_next is not null)
        {
            var weights = _weights.Span.Slice(band.Offset, band.Length);
            _rates.Step(_step, _lane, weights, gradient, _next.Span.Slice(band.Offset, band.Length));
        }

        if (_bandsLeft == Plan.Layout.Bands.Length)
        {
            _samples += order.Results[0].Samples;
            _loss += order.Results[0].Loss;
        }

        if (IsLastStep)
        {
            Pusher.Push(Plan, new PushedUnit(TreeNode.Leaf(_lane), Steps.First, 0, Key, _samples, _loss), band, sum, outbox);
        }

        if (--_bandsLeft == 0)
        {
            EndStep();
        }
    }

    public override void Reset()
    {
        EndRound();
        base.Reset();
    }

    private long FirstStep => NonEmpty(Steps.First);

    private bool IsLastStep => NonEmpty(_step + 1) == Steps.End;

    private bool TryBeginRound()
    {
        var lanes = NextLanes(1);
        if (lanes.Count == 0)
        {
            return false;
        }

        _lane = lanes.First;
        _step = FirstStep;
        (_samples, _loss) = (0, 0);
        _sum = Rent();
        _weights = Vector;
        _weights.Retain();
        return true;
    }

    private void AddTo(Span<float> sum, ReadOnlySpan<float> gradient)
    {
        if (_step == FirstStep)
        {
            gradient.CopyTo(sum);
        }
        else
        {
            LocalStep.Apply(sum, gradient, sum, -_rates.Ratio(_step, FirstStep));
        }
    }

    private void EndStep()
    {
        if (_next is null)
        {
            EndRound();
            return;
        }

        _weights.Release();
        _weights = _next.All;
        _next = null;
        _step = NonEmpty(_step + 1);
    }

    private void EndRound()
    {
        _lane = -1;
        _weights.Release();
        _weights = default;
        _sum?.Release();
        _next?.Release();
        _sum = _next = null;
    }

    /// <summary>The first step from this one on in which the lane has rows.</summary>
    private long NonEmpty(long step)
    {
        while (step < Steps.End && Plan.SamplesOf(step, TreeNode.Leaf(_lane)) == 0)
        {
            step++;
        }

        return step;
    }

    private Tensor Rent() => pool.RentVector(Plan.Layout);
}
