namespace DistNet.Numerics;

/// <summary>
/// A row-major view of floats in native memory: element (r, c) lies at Pointer[r * Stride + c]. It owns nothing;
/// whoever made the memory keeps it alive while the view is used.
/// </summary>
public readonly unsafe struct Matrix
{
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the stride is shorter than a row.</exception>
    public Matrix(float* pointer, int rows, int columns, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, columns);
        Pointer = pointer;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    public Matrix(float* pointer, int rows, int columns)
        : this(pointer, rows, columns, columns)
    {
    }

    public float* Pointer { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Row <paramref name="index"/> without the padding after it.</summary>
    public Span<float> Row(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Rows, nameof(index));
        return new Span<float>(Pointer + ((nint)index * Stride), Columns);
    }

    /// <summary>The view of <paramref name="count"/> rows from <paramref name="first"/>.</summary>
    public Matrix RowRange(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, Rows, nameof(count));
        return new Matrix(Pointer + ((nint)first * Stride), count, Columns, Stride);
    }
}
