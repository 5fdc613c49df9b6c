namespace DistNet.Numerics;

/// <summary>
/// Copies a block of an operand into panels as the kernels read them: the floats of one k lie together. Reads nothing outside the block.
/// </summary>
internal static unsafe class PanelPacking
{
    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>One panel, filled up with zeros to its width.</summary>
    /// <param name="operand">The side that is packed.</param>
    /// <param name="first">First row (left side) or column (right side).</param>
    /// <param name="count">Rows or columns that there are.</param>
    /// <param name="k">First k.</param>
    /// <param name="depth">Steps of k.</param>
    /// <param name="panel">Where it goes.</param>
    /// <param name="width">Floats a step.</param>
    public static void Pack(GemmOperand operand, int first, int count, int k, int depth, float* panel, int width)
    {
        if (count < width)
        {
            new Span<float>(panel, width * depth).Clear();
        }

        var source = operand.At(first, k);
        if (operand.DepthIsRows)
        {
            CopyRows(source, operand.Stride, count, depth, panel, width);
        }
        else
        {
            Transposition.Copy(source, operand.Stride, count, depth, panel, width);
        }
    }

    private static void CopyRows(float* source, nint stride, int count, int depth, float* panel, int width)
    {
        for (var k = 0; k < depth; k++)
        {
            new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(panel, count));
            source += stride;
            panel += width;
        }
    }
}
