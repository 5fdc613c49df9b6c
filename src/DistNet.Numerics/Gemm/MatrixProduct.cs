namespace DistNet.Numerics;

/// <summary>One product for <see cref="Gemm"/>: C [M, N] = op(A) [M, K] x op(B) [K, N]. Views only; it owns nothing.</summary>
public readonly unsafe struct MatrixProduct()
{
    /// <summary>[M, K], or [K, M] when <see cref="TransposeA"/>.</summary>
    public required Matrix A { get; init; }

    public bool TransposeA { get; init; }

    /// <summary>[K, N], or [N, K] when <see cref="TransposeB"/>. Not looked at when <see cref="Packed"/> is set.</summary>
    public Matrix B { get; init; }

    public bool TransposeB { get; init; }

    /// <summary>op(B), packed beforehand; the bits are the same.</summary>
    public PackedMatrix? Packed { get; init; }

    /// <summary>Must not overlap A or B.</summary>
    public required Matrix C { get; init; }

    /// <summary>Whether the chains continue from C.</summary>
    public bool Accumulate { get; init; }

    /// <summary>Each element of A is multiplied by it (and rounded) before the chain.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>N floats; the chains of column j start from the j-th. Null starts them at zero. Not with <see cref="Accumulate"/>.</summary>
    public float* Bias { get; init; }

    /// <summary>What follows the product while C is in the cache.</summary>
    public GemmEpilogue? Epilogue { get; init; }

    internal GemmOperand Left => new(A, TransposeA);

    internal GemmOperand Right => new(B, !TransposeB);

    internal int Depth => TransposeA ? A.Rows : A.Columns;
}
