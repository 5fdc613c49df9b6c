using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// An objective whose gradient is cheap and whose sums show every mistake in their order: sample i pulls each weight to a target of its
/// own. Leaves are summed sample by sample, nodes in the fixed tree.
/// </summary>
internal sealed class QuadraticRunner(RunPlan plan) : IWorkRunner
{
    public bool Run(NetworkWork order, IWorkSink sink)
    {
        if (order is EvaluationOrder evaluation)
        {
            evaluation.Scores.AddRange(evaluation.Chunks.Select(chunk => Score(evaluation, chunk)));
            return true;
        }

        var gradient = (GradientOrder)order;
        for (var i = 0; i < gradient.Nodes.Count; i++)
        {
            var whole = new float[plan.Layout.Length];
            var loss = Sum(gradient, gradient.Nodes[i], whole);
            foreach (ref readonly var band in plan.Layout.Bands)
            {
                whole.AsSpan(band.Offset, band.Length).CopyTo(gradient.Rent(band.Index, i, band.Length).Span);
            }

            gradient.Results.Add(new NodeResult(loss ?? 0, plan.SamplesOf(gradient.Step, gradient.Nodes[i])));
        }

        for (var layer = plan.Layout.Layers.Length - 1; layer >= 0; layer--)
        {
            foreach (ref readonly var band in plan.Layout.BandsOf(layer))
            {
                sink.OnYielded(order, band.Index);
            }
        }

        return true;
    }

    public void Dispose()
    {
    }

    /// <summary>The loss shows which weights were evaluated; accuracy rises by a twentieth with every update.</summary>
    private ChunkScore Score(EvaluationOrder order, int chunk)
    {
        var loss = 0.0;
        foreach (var weight in order.Parameters.Span[..plan.Layout.Length])
        {
            loss += weight * (chunk + 1);
        }

        var chunks = (plan.TestSamples + RunPlan.EvaluationChunkLength - 1) / RunPlan.EvaluationChunkLength;
        return new ChunkScore(loss, (int)(plan.TestSamples * order.Version / (20 * chunks)), RunPlan.EvaluationChunkLength);
    }

    private double? Sum(GradientOrder order, TreeNode node, Span<float> sum)
    {
        if (plan.SamplesOf(order.Step, node) == 0)
        {
            return null;
        }

        if (node.IsLeaf)
        {
            return Leaf(order, node.First, sum);
        }

        var left = Sum(order, node.Left, sum);
        var other = new float[sum.Length];
        var right = Sum(order, node.Right, left is null ? sum : other);
        if (left is null || right is null)
        {
            return left ?? right;
        }

        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += other[i];
        }

        return left + right;
    }

    private double Leaf(GradientOrder order, int lane, Span<float> sum)
    {
        sum.Clear();
        var loss = 0.0;
        var rows = plan.Schedule.LaneRows(order.Step, lane);
        var weights = order.Parameters.Span;
        for (var row = rows.First; row < rows.End; row++)
        {
            var target = Luck.Key(5, LuckPurpose.Generator, (uint)order.Step, (uint)row).Uniform(0);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += (weights[i] - target) * 0.37f;
            }

            loss += Math.Abs(weights[0] - target);
        }

        return loss;
    }
}
