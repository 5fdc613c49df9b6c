using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>A node of the summing tree and the caller's memory for its gradient: a flat vector of the layout's padded length.</summary>
public readonly unsafe struct NodeGradient(TreeNode node, float* gradient)
{
    public TreeNode Node { get; } = node;

    public float* Gradient { get; } = gradient;
}
