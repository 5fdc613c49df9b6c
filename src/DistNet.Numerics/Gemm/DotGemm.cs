using System.Numerics.Tensors;

namespace DistNet.Numerics;

/// <summary>
/// A x B^T by <see cref="TensorPrimitives.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/> of rows: someone else's arithmetic, so
/// it judges the values of <see cref="Gemm"/> (within rounding), where <see cref="ReferenceGemm"/> judges its bits.
/// </summary>
public static class DotGemm
{
    /// <param name="a">[M, K].</param>
    /// <param name="b">[N, K].</param>
    /// <param name="c">[M, N], overwritten.</param>
    public static void MultiplyTransposed(Matrix a, Matrix b, Matrix c)
    {
        Gemm.RequireFit(a.Rows, a.Columns, b.Columns, b.Rows, c);
        for (var i = 0; i < c.Rows; i++)
        {
            for (var j = 0; j < c.Columns; j++)
            {
                c.Row(i)[j] = TensorPrimitives.Dot(a.Row(i), b.Row(j));
            }
        }
    }
}
