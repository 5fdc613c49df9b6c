namespace DistNet.Numerics;

/// <summary>
/// The fixed binary tree over a number of leaves. A ragged tree (leaves not a power of two) has nodes that cover
/// leaves past the end; those leaves are empty and are skipped, never added as zero (adding +0 would turn -0 into +0).
/// </summary>
public readonly record struct SummationTree
{
    public SummationTree(int leaves)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leaves);
        Leaves = leaves;
    }

    public int Leaves { get; }

    /// <summary>The node that covers every leaf.</summary>
    public TreeNode Root => new(Depth(Leaves), 0);

    /// <summary>
    /// The fewest nodes that cover leaves <paramref name="first"/> up to <paramref name="end"/> (exclusive) exactly, in
    /// leaf order. A node may reach past <see cref="Leaves"/> when <paramref name="end"/> equals it.
    /// </summary>
    public void Decompose(int first, int end, List<TreeNode> nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, Leaves);
        while (first < end)
        {
            var node = TreeNode.Leaf(first);
            while (node.IsLeftChild && node.Level < Root.Level && Fits(node.Parent, end))
            {
                node = node.Parent;
            }

            nodes.Add(node);
            first = node.End;
        }
    }

    private bool Fits(TreeNode node, int end) => node.End <= end || end == Leaves;

    private static int Depth(int leaves)
    {
        var depth = 0;
        while (1 << depth < leaves)
        {
            depth++;
        }

        return depth;
    }
}
