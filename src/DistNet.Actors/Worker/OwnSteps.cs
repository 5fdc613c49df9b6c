using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// SSP: a lane sees its own updates before others do (Ho et al. 2013, "read-my-writes"). It computes on the parameters it has read plus, for each of its
/// steps that are not in them, what its shard will contribute to that update under plain SGD. Holds those contributions.
/// </summary>
internal sealed class OwnSteps(RunPlan plan, TensorPool pool) : LaneWeights
{
    private readonly LocalRates _rates = new(plan);
    private readonly Dictionary<int, List<(long Step, Tensor Contribution)>> _lanes = [];
    private Tensor? _contribution;

    public override (TensorSlice Weights, long Number) Begin(in LaneStart start, TensorSlice parameters)
    {
        var steps = StepsOf(start.Lane);
        Forget(steps, start.OwnFrom);
        RequireAll(start, steps);
        _contribution = pool.Rent(plan.Layout.PaddedLength);
        _contribution.Span.Clear();
        var weights = steps.Count == 0 ? (parameters, 0) : (Sum(parameters, steps), start.Dispatch + 1);
        steps.Add((start.Step, _contribution));
        return weights;
    }

    public override void OnBand(GradientOrder order, in GradientBand band, Outbox outbox)
    {
        var contribution = _contribution!.Span.Slice(band.Offset, band.Length);
        _rates.Contribution(order.Step, contribution, order.Gradient(band.Index, 0).Span, contribution);
        Pusher.Push(plan, order, band, outbox);
    }

    public override void Reset()
    {
        foreach (var (_, contribution) in _lanes.Values.SelectMany(static steps => steps))
        {
            contribution.Release();
        }

        _lanes.Clear();
        _contribution = null;
    }

    private List<(long Step, Tensor Contribution)> StepsOf(int lane)
    {
        if (!_lanes.TryGetValue(lane, out var steps))
        {
            _lanes[lane] = steps = [];
        }

        return steps;
    }

    /// <summary>What comes before is in the parameters, or was computed elsewhere since.</summary>
    private static void Forget(List<(long Step, Tensor Contribution)> steps, long before)
    {
        while (steps.Count > 0 && steps[0].Step < before)
        {
            steps[0].Contribution.Release();
            steps.RemoveAt(0);
        }
    }

    /// <summary>The sequencer knows what was computed here; were it wrong, the log would be.</summary>
    private void RequireAll(in LaneStart start, List<(long Step, Tensor Contribution)> steps)
    {
        for (var (step, place) = (start.OwnFrom, 0); step < start.Step; step++)
        {
            var isEmpty = plan.SamplesOf(step, TreeNode.Leaf(start.Lane)) == 0;
            if (!isEmpty && (place == steps.Count || steps[place++].Step != step))
            {
                throw new InvalidOperationException($"Lane {start.Lane} is to go on from step {start.OwnFrom}, and step {step} was not computed here.");
            }
        }
    }

    /// <summary>Takes the parameters over.</summary>
    private TensorSlice Sum(TensorSlice parameters, List<(long Step, Tensor Contribution)> steps)
    {
        var sum = pool.Rent(plan.Layout.PaddedLength);
        parameters.Span[..sum.Length].CopyTo(sum.Span);
        parameters.Release();
        foreach (var (_, contribution) in steps)
        {
            LocalStep.Apply(sum.Span, contribution.Span, sum.Span, -1);
        }

        return sum.All;
    }
}
