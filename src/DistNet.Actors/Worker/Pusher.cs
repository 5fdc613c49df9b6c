using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>What a push says besides its values.</summary>
internal readonly record struct PushedUnit(TreeNode Node, long Step, long Dispatch, ParametersKey Read, int Samples, double Loss);

/// <summary>Sends a band's values, chunk by chunk, to the servers that hold their partitions.</summary>
internal static class Pusher
{
    /// <summary>The gradient as it was computed, for each node that has samples.</summary>
    public static void Push(RunPlan plan, GradientOrder order, in GradientBand band, Outbox outbox)
    {
        foreach (ref readonly var chunk in plan.Map.ChunksOf(band))
        {
            for (var i = 0; i < order.Nodes.Count; i++)
            {
                if (order.Results[i].Samples > 0)
                {
                    Push(UnitOf(order, i), order.Gradient(band.Index, i).All, band, chunk, outbox);
                }
            }
        }
    }

    /// <param name="plan">The run.</param>
    /// <param name="unit">Whose values.</param>
    /// <param name="band">Which band.</param>
    /// <param name="values">As long as the band.</param>
    /// <param name="outbox">Where they leave.</param>
    public static void Push(RunPlan plan, in PushedUnit unit, in GradientBand band, TensorSlice values, Outbox outbox)
    {
        foreach (ref readonly var chunk in plan.Map.ChunksOf(band))
        {
            Push(unit, values, band, chunk, outbox);
        }
    }

    public static PushedUnit UnitOf(GradientOrder order, int node) => new(
        order.Nodes[node], order.Step, order.Dispatch, order.Key, order.Results[node].Samples, order.Results[node].Loss);

    private static void Push(in PushedUnit unit, TensorSlice values, in GradientBand band, in Chunk chunk, Outbox outbox) => outbox.Send(
        ActorId.Server(chunk.Partition),
        new Push(
            unit.Read.Generation,
            chunk.Index,
            unit.Node,
            unit.Step,
            unit.Dispatch,
            unit.Read.Version,
            unit.Samples,
            unit.Loss,
            values.Slice(chunk.Offset - band.Offset, chunk.Length)));
}
