using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Carries out the orders of a run that minimises an objective: units are evaluated one by one and added in the fixed tree.</summary>
internal sealed class AnalyticRunner : IWorkRunner
{
    private readonly RunPlan _plan;
    private readonly IUnitFunction _function;
    private readonly float[][] _sums;

    public AnalyticRunner(RunPlan plan, IUnitFunction function)
    {
        _plan = plan;
        _function = function;
        _sums = [.. Enumerable.Range(0, plan.Tree.Root.Level + 1).Select(_ => new float[plan.Layout.Length])];
    }

    public bool Run(NetworkWork order, IWorkSink sink)
    {
        if (order is not GradientOrder gradient)
        {
            throw new ArgumentException("An analytic objective has no test part to evaluate on.", nameof(order));
        }

        for (var node = 0; node < gradient.Nodes.Count; node++)
        {
            Fill(gradient, node);
        }

        for (var band = _plan.Layout.Bands.Length - 1; band >= 0 && gradient.NonFiniteLayer < 0; band--)
        {
            sink.OnYielded(gradient, band);
        }

        return true;
    }

    public void Dispose()
    {
    }

    private void Fill(GradientOrder order, int index)
    {
        var node = order.Nodes[index];
        var sum = _sums[node.Level];
        var loss = Sum(order, node, sum) ?? 0;
        foreach (ref readonly var band in _plan.Layout.Bands)
        {
            sum.AsSpan(band.Offset, band.Length).CopyTo(order.Rent(band.Index, index, band.Length).Span);
        }

        order.Results.Add(new NodeResult(loss, _plan.SamplesOf(order.Step, node)));
        if (!double.IsFinite(loss))
        {
            order.NonFiniteLayer = 0;
        }
    }

    /// <summary>Gradient and loss of a node, summed over its samples; null where it has none.</summary>
    private double? Sum(GradientOrder order, TreeNode node, float[] sum)
    {
        var samples = _plan.SamplesOf(order.Step, node);
        if (samples == 0)
        {
            return null;
        }

        if (node.IsLeaf)
        {
            var loss = _function.Evaluate(order.Step, node.First, samples, order.Parameters.Span, sum);
            Scale(sum, samples);
            return loss * samples;
        }

        var left = Sum(order, node.Left, sum);
        var other = left is null ? sum : _sums[node.Level - 1];
        var right = Sum(order, node.Right, other);
        if (left is null || right is null)
        {
            return left ?? right;
        }

        Add(sum, other);
        return left + right;
    }

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> other)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += other[i];
        }
    }
}
