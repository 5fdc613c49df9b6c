using System.Runtime.Intrinsics;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// The Euclidean norm of a vector that is spread over servers, with the same bits for any spread: squared norms of whole
/// blocks, added in the fixed tree over all blocks of the vector.
/// </summary>
public static class BlockNorms
{
    /// <summary>
    /// Squared norm of each block of <see cref="ParameterLayout.BlockLength"/> floats, in double. Eight sums, of every
    /// eighth element each, are added at the end, neighbours first.
    /// </summary>
    /// <param name="vector">Whole blocks.</param>
    /// <param name="squares">One for each block.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vector is not the blocks counted by the result.</exception>
    public static void Squares(ReadOnlySpan<float> vector, Span<double> squares)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, (long)squares.Length * ParameterLayout.BlockLength, nameof(vector));
        for (var block = 0; block < squares.Length; block++)
        {
            squares[block] = Square(vector.Slice(block * ParameterLayout.BlockLength, ParameterLayout.BlockLength));
        }
    }

    /// <summary>The sum of all blocks' values in the fixed tree; 0 for none.</summary>
    public static double TreeSum(ReadOnlySpan<double> blocks) =>
        blocks.IsEmpty ? 0 : Sum(blocks, new SummationTree(blocks.Length).Root);

    /// <summary>
    /// limit / norm where the norm is above the limit, else 1. A norm that is not a number gives 1, so that the gradient
    /// stays what it is and is found.
    /// </summary>
    public static float ClipFactor(double squaredNorm, double limit)
    {
        var norm = Math.Sqrt(squaredNorm);
        return norm > limit ? (float)(limit / norm) : 1;
    }

    private static double Sum(ReadOnlySpan<double> blocks, TreeNode node)
    {
        if (node.IsLeaf)
        {
            return blocks[node.First];
        }

        var left = Sum(blocks, node.Left);
        return node.Right.First < blocks.Length ? left + Sum(blocks, node.Right) : left;
    }

    private static double Square(ReadOnlySpan<float> block)
    {
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        for (; !block.IsEmpty; block = block[Vector256<float>.Count..])
        {
            var (first, second) = Vector256.Widen(Vector256.Create(block));
            low += first * first;
            high += second * second;
        }

        var four = ((low[0] + low[1]) + (low[2] + low[3]));
        return four + ((high[0] + high[1]) + (high[2] + high[3]));
    }
}
