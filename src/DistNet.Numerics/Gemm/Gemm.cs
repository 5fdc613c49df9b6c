using System.Globalization;

namespace DistNet.Numerics;

/// <summary>
/// The matrix product. Its bits are defined: each element of C is one chain of fused multiply-adds in the order k = 0 .. K-1, from 0,
/// from C, or from the bias of its column. So tile sizes, blocking, packing, the kernel and the team change nothing.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>Computes the product, on the calling thread and the team of the workspace.</summary>
    /// <exception cref="ArgumentException">
    /// The sizes do not fit together, C overlaps an operand, a bias meets accumulation, or B was packed for another kernel.
    /// </exception>
    public static void Multiply(in MatrixProduct product, GemmWorkspace workspace)
    {
        Require(product, workspace);
        if (product.C.Rows > 0 && product.C.Columns > 0)
        {
            workspace.ProductTask.Run(product);
        }
    }

    /// <summary>Computes the sum over lanes, on the calling thread and the team of the workspace.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit together, C overlaps A, or B was packed for another kernel.</exception>
    public static void Multiply(in LaneProduct product, GemmWorkspace workspace)
    {
        RequireFit(product.A.Columns, product.A.Rows, product.B.Depth, product.B.Columns, product.C);
        RequireKernel(product.B, workspace);
        RequireApart(product.A, product.C);
        RequireBounds(product.Bounds, product.A.Rows);
        if (product.C.Rows > 0 && product.C.Columns > 0)
        {
            workspace.LaneTask.Run(product);
        }
    }

    internal static void RequireFit(int rows, int leftDepth, int rightDepth, int columns, Matrix c)
    {
        if (leftDepth != rightDepth || rows != c.Rows || columns != c.Columns)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"[{rows}, {leftDepth}] times [{rightDepth}, {columns}] does not give [{c.Rows}, {c.Columns}]."),
                nameof(c));
        }
    }

    private static void Require(in MatrixProduct product, GemmWorkspace workspace)
    {
        var left = product.Left;
        if (product.Packed is { } packed)
        {
            RequireFit(left.Width, left.Depth, packed.Depth, packed.Columns, product.C);
            RequireKernel(packed, workspace);
        }
        else
        {
            var right = product.Right;
            RequireFit(left.Width, left.Depth, right.Depth, right.Width, product.C);
            RequireApart(product.B, product.C);
        }

        RequireApart(product.A, product.C);
        if (product.Accumulate && product.Bias != null)
        {
            throw new ArgumentException("Chains start from C or from a bias, not from both.", nameof(product));
        }
    }

    private static void RequireKernel(PackedMatrix packed, GemmWorkspace workspace)
    {
        if (packed.Kernel != workspace.Kernel)
        {
            throw new ArgumentException($"B was packed for {packed.Kernel.Name}, not {workspace.Kernel.Name}.", nameof(packed));
        }
    }

    /// <summary>Compares the memory from first to last element; two interleaved views count as overlapping.</summary>
    private static void RequireApart(Matrix operand, Matrix c)
    {
        if (operand.Pointer < End(c) && c.Pointer < End(operand))
        {
            throw new ArgumentException("The result must not overlap an operand.", nameof(c));
        }
    }

    private static float* End(Matrix matrix) => matrix.Rows == 0 || matrix.Columns == 0
        ? matrix.Pointer
        : matrix.Pointer + ((matrix.Rows - 1) * (nint)matrix.Stride) + matrix.Columns;

    private static void RequireBounds(ReadOnlySpan<int> bounds, int rows)
    {
        var isValid = bounds.Length >= 2 && bounds[0] >= 0 && bounds[^1] <= rows;
        for (var i = 1; isValid && i < bounds.Length; i++)
        {
            isValid = bounds[i] >= bounds[i - 1];
        }

        if (!isValid)
        {
            throw new ArgumentException($"The bounds of lanes must rise, within {rows} rows.", nameof(bounds));
        }
    }
}
