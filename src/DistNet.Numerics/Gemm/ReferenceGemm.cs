using System.Runtime.CompilerServices;

namespace DistNet.Numerics;

/// <summary>
/// The definition of <see cref="Gemm"/>, written down as plainly as possible. Every kernel must equal it bit for bit; it is
/// kept for ever to judge them.
/// </summary>
public static class ReferenceGemm
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Matrix a, bool transposeA, Matrix b, bool transposeB, Matrix c, bool accumulate)
    {
        var left = new GemmOperand(a, transposeA);
        var right = new GemmOperand(b, !transposeB);
        Gemm.RequireFit(left.Width, left.Depth, right.Depth, right.Width, c);
        var depth = transposeA ? a.Rows : a.Columns;
        for (var i = 0; i < c.Rows; i++)
        {
            for (var j = 0; j < c.Columns; j++)
            {
                var sum = accumulate ? c.Row(i)[j] : 0f;
                for (var k = 0; k < depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(At(a, transposeA, i, k), At(b, transposeB, k, j), sum);
                }

                c.Row(i)[j] = sum;
            }
        }
    }

    private static float At(Matrix matrix, bool transposed, int row, int column) =>
        transposed ? matrix.Row(column)[row] : matrix.Row(row)[column];
}
