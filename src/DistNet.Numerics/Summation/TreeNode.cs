namespace DistNet.Numerics;

/// <summary>
/// A node of the fixed binary tree in which sums over lanes (and over blocks of a vector) are added.
/// The node at (level, index) covers leaves index * 2^level up to (index + 1) * 2^level - 1; leaves are level 0.
/// Because the tree is fixed, a sum has the same bits whoever adds which part of it.
/// </summary>
public readonly record struct TreeNode(int Level, int Index)
{
    /// <summary>First leaf covered.</summary>
    public int First => Index << Level;

    /// <summary>One past the last leaf covered; may lie beyond the number of leaves of a ragged tree.</summary>
    public int End => (Index + 1) << Level;

    public bool IsLeaf => Level == 0;

    public TreeNode Parent => new(Level + 1, Index >> 1);

    public TreeNode Left => new(Level - 1, Index << 1);

    public TreeNode Right => new(Level - 1, (Index << 1) + 1);

    /// <summary>The other child of this node's parent.</summary>
    public TreeNode Sibling => new(Level, Index ^ 1);

    public bool IsLeftChild => (Index & 1) == 0;

    public static TreeNode Leaf(int index) => new(0, index);

    /// <summary>True when every leaf of <paramref name="other"/> is a leaf of this node.</summary>
    public bool Covers(TreeNode other) => other.Level <= Level && other.Index >> (Level - other.Level) == Index;

    public override string ToString() => IsLeaf ? $"{First}" : $"{First}..{End - 1}";
}
