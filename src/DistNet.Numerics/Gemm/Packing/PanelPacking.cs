using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistNet.Numerics;

/// <summary>
/// Copies a block of an operand into panels as the kernels read them: the floats of one k lie together. Reads nothing outside the block.
/// </summary>
internal static unsafe class PanelPacking
{
    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>One panel of its own width, or filled up with zeros to it.</summary>
    /// <param name="operand">The side that is packed.</param>
    /// <param name="first">First row (left side) or column (right side).</param>
    /// <param name="count">Rows or columns that there are.</param>
    /// <param name="k">First k.</param>
    /// <param name="depth">Steps of k.</param>
    /// <param name="panel">Where it goes.</param>
    /// <param name="width">Floats a step.</param>
    public static void Pack(GemmOperand operand, int first, int count, int k, int depth, float* panel, int width)
    {
        var source = operand.At(first, k);
        if (operand.DepthIsRows)
        {
            switch (count < width ? width : 0)
            {
                case 32: PackRagged<Size32>(source, operand.Stride, count, depth, panel); return;
                case 16: PackRagged<Size16>(source, operand.Stride, count, depth, panel); return;
                case 8: PackRagged<Size8>(source, operand.Stride, count, depth, panel); return;
            }

            CopyRows(source, operand.Stride, count, depth, panel, width);
        }
        else
        {
            if (count < width)
            {
                new Span<float>(panel, width * depth).Clear();
            }

            Transposition.Copy(source, operand.Stride, count, depth, panel, width);
        }
    }

    /// <summary>
    /// Whole panels of contiguous rows, row by row across the panels: so the source is read in long pieces.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackPanels<TTile>(float* source, nint stride, int panels, int depth, float* target, nint panelStride)
        where TTile : struct, IGemmTile
    {
        for (var k = 0; k < depth; k++)
        {
            var from = source;
            var to = target;
            for (var panel = 0; panel < panels; panel++)
            {
                Unsafe.CopyBlockUnaligned(to, from, (uint)TTile.Columns * sizeof(float));
                from += TTile.Columns;
                to += panelStride;
            }

            source += stride;
            target += TTile.Columns;
        }
    }

    /// <summary>A few floats: not worth a call to a general copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* from, float* to, int count)
    {
        var i = 0;
        for (; i + 4 <= count; i += 4)
        {
            Vector128.Load(from + i).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = from[i];
        }
    }

    /// <summary>
    /// The last panel, not as wide as its tile. The whole width is copied, into columns that are dropped, as long as that reads
    /// nothing past the last float of the block.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackRagged<TWidth>(float* source, nint stride, int count, int depth, float* panel)
        where TWidth : struct, ITileSize
    {
        var last = source + ((depth - 1) * stride) + count - TWidth.Value;
        for (; depth > 0 && source <= last; depth--)
        {
            Unsafe.CopyBlockUnaligned(panel, source, (uint)TWidth.Value * sizeof(float));
            source += stride;
            panel += TWidth.Value;
        }

        CopyRows(source, stride, count, depth, panel, TWidth.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(float* source, nint stride, int count, int depth, float* panel, int width)
    {
        for (var k = 0; k < depth; k++)
        {
            Copy(source, panel, count);
            source += stride;
            panel += width;
        }
    }
}
