namespace DistNet.Numerics;

/// <summary>The innermost loop of the product, and the only part that knows the processor.</summary>
internal unsafe interface IGemmTile
{
    /// <summary>Most rows of a tile.</summary>
    public static abstract int Rows { get; }

    /// <summary>Columns of a tile, two vectors; a narrow tile has half of them.</summary>
    public static abstract int Columns { get; }

    public static abstract bool IsSupported { get; }

    /// <summary>What computes a tile.</summary>
    /// <param name="rows">Its rows, 1 to <see cref="Rows"/>.</param>
    /// <param name="narrow">Half as wide.</param>
    /// <param name="rowMajor">The left side is not packed: the floats of one row lie together, and not those of one k.</param>
    public static abstract delegate*<TileRun*, void> Kernel(int rows, bool narrow, bool rowMajor);
}
