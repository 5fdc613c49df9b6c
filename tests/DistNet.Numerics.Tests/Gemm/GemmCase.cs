using System.Runtime.InteropServices;

namespace DistNet.Numerics.Tests;

/// <summary>One product in guarded memory: computed by a kernel and by the judge, from the same operands.</summary>
internal sealed record GemmCase(int M, int N, int K, bool TransposeA, bool TransposeB, bool Accumulate, int Gap = 0, uint Seed = 1)
{
    public const int Variants = 8;

    public static GemmCase Variant(int m, int n, int k, int variant, int gap = 0) =>
        new(m, n, k, (variant & 1) != 0, (variant & 2) != 0, (variant & 4) != 0, gap, (uint)((m * 10007) + (n * 101) + k + variant));

    public void ShouldEqualReference(GemmKernel kernel)
    {
        using var a = TransposeA ? Make(K, M) : Make(M, K);
        using var b = TransposeB ? Make(N, K) : Make(K, N);
        using var actual = Make(M, N);
        using var expected = Make(M, N);
        using var workspace = new GemmWorkspace(ComputeTeam.Alone, kernel);
        var product = new MatrixProduct
        {
            A = a.View, TransposeA = TransposeA, B = b.View, TransposeB = TransposeB, C = actual.View, Accumulate = Accumulate,
        };
        Gemm.Multiply(product, workspace);
        ReferenceGemm.Multiply(a.View, TransposeA, b.View, TransposeB, expected.View, Accumulate);
        for (var row = 0; row < M; row++)
        {
            Bits(actual, row).SequenceEqual(Bits(expected, row)).ShouldBeTrue($"{kernel.Name}: row {row} of {this}");
        }

        actual.ShouldHaveIntactSurroundings();
    }

    private static ReadOnlySpan<int> Bits(GuardedMatrix matrix, int row) => MemoryMarshal.Cast<float, int>(matrix.View.Row(row));

    private GuardedMatrix Make(int rows, int columns)
    {
        var key = Luck.Key(Seed, LuckPurpose.Generator, (uint)rows, (uint)columns);
        var matrix = new GuardedMatrix(rows, columns, columns + Gap);
        matrix.Fill((row, column) => key.Normal((ulong)((row * columns) + column)));
        return matrix;
    }
}
