using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// This partition's share of a gradient's squared norm. Blocks do not end where chunks do, so the gradient is first laid out whole;
/// the blocks' sums then form the fewest nodes of the tree over all blocks of the vector.
/// </summary>
internal sealed class PartitionNorm(PartitionMap map, Partition partition, TensorPool pool)
{
    private readonly BlockNormFold _fold = new(map.PaddedLength / ParameterLayout.BlockLength);
    private readonly double[] _squares = new double[partition.PaddedLength / ParameterLayout.BlockLength];

    public IReadOnlyList<BlockNorm> Of(CompleteGradient gradient, OwnChunks chunks)
    {
        var whole = pool.Rent(partition.PaddedLength);
        whole.Span.Clear();
        for (var i = 0; i < chunks.Count; i++)
        {
            gradient[i].CopyTo(whole.Span[(chunks[i].Offset - partition.Offset)..]);
        }

        BlockNorms.Squares(whole.Span, _squares);
        whole.Release();
        return Nodes();
    }

    private BlockNorm[] Nodes()
    {
        _fold.Clear();
        var first = partition.Offset / ParameterLayout.BlockLength;
        for (var i = 0; i < _squares.Length; i++)
        {
            _fold.Add(TreeNode.Leaf(first + i), _squares[i]);
        }

        var nodes = new BlockNorm[_fold.Parts.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new BlockNorm(_fold.Parts[i].Node, _fold.Parts[i].Value);
        }

        return nodes;
    }
}

/// <summary>Squared norms of blocks, added in the fixed tree over all blocks of the vector.</summary>
internal sealed class BlockNormFold : TreeFold<double>
{
    private readonly int _blocks;

    public BlockNormFold(int blocks)
    {
        _blocks = blocks;
        Clear();
    }

    public void Clear() => Reset(new SummationTree(_blocks).Root);

    protected override int Weight(TreeNode node) => Math.Max(0, Math.Min(node.End, _blocks) - node.First);

    protected override double Combine(double left, double right) => left + right;
}
