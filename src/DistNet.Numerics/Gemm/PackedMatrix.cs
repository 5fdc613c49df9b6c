namespace DistNet.Numerics;

/// <summary>
/// The right side of products, [K, N], copied once into the panels that kernels read, for several products with the same weights.
/// Owns its memory and can be filled again. Several threads may read it; while it is filled nobody may.
/// </summary>
public sealed unsafe class PackedMatrix : IDisposable
{
    private const int PartFloats = 1 << 16;
    private readonly AlignedBuffer _panels;
    private int _partColumns;

    /// <param name="depth">K.</param>
    /// <param name="columns">N.</param>
    public PackedMatrix(int depth, int columns)
        : this(depth, columns, GemmKernel.Default)
    {
    }

    /// <summary>For a kernel of the caller's choice, which the products must then use.</summary>
    public PackedMatrix(int depth, int columns, GemmKernel kernel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Columns = columns;
        Kernel = kernel;
        MaxDepth = depth;
        _panels = new AlignedBuffer(Math.Max(1, checked(PanelPacking.RoundUp(columns, kernel.TileColumns) * depth)));
        Reshape(depth);
    }

    public int Depth { get; private set; }

    /// <summary>The depth for which there is memory.</summary>
    public int MaxDepth { get; }

    public int Columns { get; }

    public GemmKernel Kernel { get; }

    /// <summary>Into how many parts packing is divided.</summary>
    public int Parts => (Columns + _partColumns - 1) / _partColumns;

    /// <summary>Floats from one panel to the next.</summary>
    internal int PanelStride { get; private set; }

    /// <summary>Prepares for another K, of a batch with fewer rows for example; what was packed is lost.</summary>
    public void Reshape(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, MaxDepth);
        Depth = depth;
        PanelStride = Kernel.TileColumns * depth;
        _partColumns = PanelPacking.RoundUp(Math.Max(1, PartFloats / Math.Max(1, depth)), Kernel.TileColumns);
    }

    /// <summary>Packs all of op(B).</summary>
    /// <param name="b">[K, N], or [N, K] when <paramref name="transposeB"/>.</param>
    /// <param name="transposeB">Whether B is stored transposed.</param>
    /// <exception cref="ArgumentException">Not of this shape.</exception>
    public void Pack(Matrix b, bool transposeB)
    {
        for (var part = 0; part < Parts; part++)
        {
            PackPart(part, b, transposeB);
        }
    }

    /// <summary>Packs one part, so that several threads can share the work.</summary>
    /// <param name="part">0 to <see cref="Parts"/> less one.</param>
    /// <param name="b">[K, N], or [N, K] when <paramref name="transposeB"/>.</param>
    /// <param name="transposeB">Whether B is stored transposed.</param>
    /// <exception cref="ArgumentException">Not of this shape.</exception>
    public void PackPart(int part, Matrix b, bool transposeB)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)part, (uint)Parts, nameof(part));
        var operand = new GemmOperand(b, !transposeB);
        if (operand.Depth != Depth || operand.Width != Columns)
        {
            throw new ArgumentException($"[{operand.Depth}, {operand.Width}] is not [{Depth}, {Columns}].", nameof(b));
        }

        var column = part * _partColumns;
        Kernel.PackRight(operand, column, Math.Min(_partColumns, Columns - column), 0, Depth, Panel(column, 0), PanelStride);
    }

    public void Dispose() => _panels.Dispose();

    /// <summary>Where the panel that starts at a column has its floats for k.</summary>
    internal float* Panel(int column, int k) =>
        _panels.Pointer + ((nint)column * Depth) + ((nint)k * Kernel.PanelWidth(Columns - column));
}
