using System.Numerics.Tensors;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// A layer's gradient over the lanes of a tree node. Each lane is one product over its own rows, and lanes are added
/// in the fixed tree, so that the bits do not depend on which lanes were computed together. Owns one partial sum a level.
/// </summary>
internal sealed unsafe class LayerGradients(int longestLayer) : IDisposable
{
    private readonly AlignedBuffer?[] _partial = new AlignedBuffer?[32];

    public void Dispose()
    {
        foreach (var buffer in _partial)
        {
            buffer?.Dispose();
        }
    }

    /// <summary>Writes weight and bias gradient of one layer to <paramref name="target"/>; false, and nothing written, without rows.</summary>
    public bool Sum(TreeNode node, LaneRows lanes, Matrix input, Matrix delta, LayerSlice layer, float* target, GemmWorkspace workspace)
    {
        if (node.First >= lanes.EndLane)
        {
            return false;
        }

        if (node.IsLeaf)
        {
            return Leaf(lanes.Of(node.First), input, delta, layer, target, workspace);
        }

        if (!Sum(node.Left, lanes, input, delta, layer, target, workspace))
        {
            return Sum(node.Right, lanes, input, delta, layer, target, workspace);
        }

        var partial = Partial(node.Level);
        if (Sum(node.Right, lanes, input, delta, layer, partial, workspace))
        {
            var sum = new Span<float>(target, layer.Length);
            TensorPrimitives.Add(sum, new ReadOnlySpan<float>(partial, layer.Length), sum);
        }

        return true;
    }

    private static bool Leaf((int First, int Count) rows, Matrix input, Matrix delta, LayerSlice layer, float* target, GemmWorkspace workspace)
    {
        if (rows.Count == 0)
        {
            return false;
        }

        var x = input.RowRange(rows.First, rows.Count);
        var d = delta.RowRange(rows.First, rows.Count);
        var c = new Matrix(target, layer.Inputs, layer.Units);
        Gemm.Multiply(new MatrixProduct { A = x, TransposeA = true, B = d, C = c }, workspace);
        if (layer.HasBias)
        {
            FixedOrderSum.Columns(d, new Span<float>(target + layer.WeightLength, layer.Units));
        }

        return true;
    }

    private float* Partial(int level) => (_partial[level] ??= new AlignedBuffer(longestLayer)).Pointer;
}
