using System.Globalization;

namespace DistNet.Numerics;

/// <summary>
/// The matrix product. Its bits are defined: each element of C is one chain of fused multiply-adds in the order
/// k = 0 .. K-1, starting from 0, or from C when accumulating. So tile sizes, blocking, packing, the kernel chosen and any
/// split of rows or columns among callers change nothing. It starts no threads.
/// </summary>
public static class Gemm
{
    /// <summary>C = op(A) op(B), or C += op(A) op(B), with op(X) = X or its transpose.</summary>
    /// <param name="a">[M, K], or [K, M] when <paramref name="transposeA"/>.</param>
    /// <param name="transposeA">Whether A is stored transposed.</param>
    /// <param name="b">[K, N], or [N, K] when <paramref name="transposeB"/>.</param>
    /// <param name="transposeB">Whether B is stored transposed.</param>
    /// <param name="c">[M, N]; must not overlap A or B. Without accumulating, K = 0 gives zeros.</param>
    /// <param name="accumulate">Whether the product is added to C.</param>
    /// <param name="scratch">Packing memory of the calling thread.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static void Multiply(Matrix a, bool transposeA, Matrix b, bool transposeB, Matrix c, bool accumulate, GemmScratch scratch) =>
        Multiply(a, transposeA, b, transposeB, c, accumulate, scratch, GemmKernel.Choose(c.Columns));

    /// <summary>The same with a kernel of the caller's choice, for tests and benchmarks: the bits are equal.</summary>
    public static void Multiply(
        Matrix a, bool transposeA, Matrix b, bool transposeB, Matrix c, bool accumulate, GemmScratch scratch, GemmKernel kernel)
    {
        var left = new GemmOperand(a, transposeA);
        var right = new GemmOperand(b, !transposeB);
        RequireFit(left, right, c);
        if (c.Rows == 0 || c.Columns == 0)
        {
            return;
        }

        if (left.Depth == 0 && !accumulate)
        {
            Clear(c);
        }

        kernel.Multiply(left, right, c, accumulate, scratch);
    }

    internal static void RequireFit(GemmOperand left, GemmOperand right, Matrix c)
    {
        if (left.Depth != right.Depth || left.Width != c.Rows || right.Width != c.Columns)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"[{left.Width}, {left.Depth}] times [{right.Depth}, {right.Width}] does not give [{c.Rows}, {c.Columns}]."),
                nameof(c));
        }
    }

    private static void Clear(Matrix c)
    {
        for (var row = 0; row < c.Rows; row++)
        {
            c.Row(row).Clear();
        }
    }
}
