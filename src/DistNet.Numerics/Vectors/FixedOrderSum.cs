using System.Numerics.Tensors;

namespace DistNet.Numerics;

/// <summary>Sums whose order of additions is part of their definition, so that their bits depend on nothing else.</summary>
public static class FixedOrderSum
{
    /// <summary>The values added one after the other, in double.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The values added one after the other, in double.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>
    /// The sum of each column in float: the first row, plus the second, and so on. Without rows the sums are zero.
    /// </summary>
    /// <param name="rows">What is summed.</param>
    /// <param name="sums">One float for each column.</param>
    public static void Columns(Matrix rows, Span<float> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, rows.Columns, nameof(sums));
        if (rows.Rows == 0)
        {
            sums.Clear();
            return;
        }

        rows.Row(0).CopyTo(sums);
        for (var row = 1; row < rows.Rows; row++)
        {
            TensorPrimitives.Add(sums, rows.Row(row), sums);
        }
    }
}
