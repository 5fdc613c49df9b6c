using DistNet.Numerics;

namespace DistNet.Actors;

/// <summary>The loss of an update from those of its units: in the tree over lanes, as where servers add it, so that both are the same bits.</summary>
internal static class LossFold
{
    /// <param name="units">By lane, and those of a lane in order.</param>
    /// <param name="root">The tree over all lanes.</param>
    public static double Of(ReadOnlySpan<HeldUnit> units, TreeNode root) => Sum(ref units, root) ?? 0;

    private static double? Sum(ref ReadOnlySpan<HeldUnit> units, TreeNode node)
    {
        if (units.IsEmpty || units[0].Start.Lane >= node.End)
        {
            return null;
        }

        return node.IsLeaf ? Leaf(ref units, node.First) : Add(Sum(ref units, node.Left), Sum(ref units, node.Right));
    }

    private static double? Leaf(ref ReadOnlySpan<HeldUnit> units, int lane)
    {
        double? sum = null;
        while (!units.IsEmpty && units[0].Start.Lane == lane)
        {
            sum = Add(sum, units[0].Loss);
            units = units[1..];
        }

        return sum;
    }

    private static double? Add(double? left, double? right) => left is null || right is null ? left ?? right : left + right;
}
