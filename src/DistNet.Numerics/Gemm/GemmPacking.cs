using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistNet.Numerics;

/// <summary>
/// Copies a block of an operand into panels as the kernels read them: a panel is <c>panelWidth</c> wide, and its floats for
/// k = 0 come first, then those for k = 1, and so on. The last panel is filled up with zeros. Reads nothing outside the block.
/// </summary>
internal static unsafe class GemmPacking
{
    /// <summary>Floats that a packed block takes.</summary>
    public static int Length(int width, int depth, int panelWidth) => RoundUp(width, panelWidth) * depth;

    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    public static void Pack(GemmOperand operand, int first, int width, int firstK, int depth, int panelWidth, float* destination)
    {
        if (operand.DepthIsRows)
        {
            PackRows(operand.At(first, firstK), operand.Stride, width, depth, panelWidth, destination);
            return;
        }

        for (var done = 0; done < width; done += panelWidth)
        {
            var count = Math.Min(panelWidth, width - done);
            PackTransposed(operand.At(first + done, firstK), operand.Stride, count, depth, panelWidth, destination);
            destination += (nint)panelWidth * depth;
        }
    }

    /// <summary>
    /// Row by row across all panels: panel by panel would touch few floats of each row, and rows a multiple of 4 KB apart
    /// throw each other out of the cache.
    /// </summary>
    private static void PackRows(float* source, int stride, int width, int depth, int panelWidth, float* destination)
    {
        for (var k = 0; k < depth; k++)
        {
            var target = destination;
            for (var done = 0; done < width; done += panelWidth)
            {
                CopyPanelRow(source + done, Math.Min(panelWidth, width - done), panelWidth, target);
                target += (nint)panelWidth * depth;
            }

            source += stride;
            destination += panelWidth;
        }
    }

    private static void CopyPanelRow(float* source, int count, int panelWidth, float* target)
    {
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
        if (count < panelWidth)
        {
            new Span<float>(target + count, panelWidth - count).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTransposed(float* source, int stride, int count, int depth, int panelWidth, float* destination)
    {
        var index = 0;
        for (; index + 4 <= count; index += 4)
        {
            PackFourRows(source + ((nint)index * stride), stride, depth, panelWidth, destination + index);
        }

        for (; index < panelWidth; index++)
        {
            for (var k = 0; k < depth; k++)
            {
                destination[((nint)k * panelWidth) + index] = index < count ? source[((nint)index * stride) + k] : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackFourRows(float* source, int stride, int depth, int panelWidth, float* destination)
    {
        float* row0 = source, row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
        for (var k = 0; k < depth; k++)
        {
            Vector128.Create(row0[k], row1[k], row2[k], row3[k]).Store(destination);
            destination += panelWidth;
        }
    }
}
