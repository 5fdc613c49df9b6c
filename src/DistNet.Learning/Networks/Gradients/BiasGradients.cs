using System.Numerics.Tensors;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// A layer's bias gradient over the lanes of a tree node: each lane's rows are added in their order, and lanes in the fixed tree, so that
/// the bits do not depend on which lanes were computed together. Owns one partial sum a level.
/// </summary>
internal sealed class BiasGradients(int units)
{
    private readonly float[]?[] _partial = new float[32][];

    /// <summary>Writes the sum; false, and nothing written, without rows.</summary>
    /// <param name="node">Lanes to sum over.</param>
    /// <param name="lanes">Whose rows are whose.</param>
    /// <param name="delta">[rows, units].</param>
    /// <param name="target">[units].</param>
    public bool Sum(TreeNode node, LaneRows lanes, Matrix delta, Span<float> target)
    {
        if (node.First >= lanes.EndLane)
        {
            return false;
        }

        if (node.IsLeaf)
        {
            return Leaf(lanes.Of(node.First), delta, target);
        }

        if (!Sum(node.Left, lanes, delta, target))
        {
            return Sum(node.Right, lanes, delta, target);
        }

        var partial = _partial[node.Level] ??= new float[units];
        if (Sum(node.Right, lanes, delta, partial))
        {
            TensorPrimitives.Add(target, partial, target);
        }

        return true;
    }

    private static bool Leaf((int First, int Count) rows, Matrix delta, Span<float> target)
    {
        if (rows.Count > 0)
        {
            FixedOrderSum.Columns(delta.RowRange(rows.First, rows.Count), target);
        }

        return rows.Count > 0;
    }
}
