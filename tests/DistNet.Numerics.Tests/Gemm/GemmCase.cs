using System.Runtime.InteropServices;

namespace DistNet.Numerics.Tests;

/// <summary>Where the chains of a product start.</summary>
internal enum ChainStart
{
    Zero,
    C,
    Bias,
}

/// <summary>One product in guarded memory: computed by a kernel and by the judge, from the same operands.</summary>
internal sealed unsafe record GemmCase(int M, int N, int K)
{
    /// <summary>Number of <see cref="Variant"/>s.</summary>
    public const int Variants = 2 * 2 * 3 * 2 * 2;

    public bool TransposeA { get; init; }

    public bool TransposeB { get; init; }

    public ChainStart Start { get; init; }

    public bool Packed { get; init; }

    public float Scale { get; init; } = 1;

    /// <summary>Floats between rows.</summary>
    public int Gap { get; init; }

    public int TeamSize { get; init; } = 1;

    /// <summary>Operands lie right after a forbidden page, not right before one.</summary>
    public bool AtStart { get; init; }

    /// <summary>Size of the operands' values.</summary>
    public float Magnitude { get; init; } = 1;

    /// <summary>Every combination of transpositions, start, packing and scale has a number.</summary>
    public static GemmCase Variant(int m, int n, int k, int variant) => new(m, n, k)
    {
        TransposeA = variant % 2 == 1,
        TransposeB = variant / 2 % 2 == 1,
        Start = (ChainStart)(variant / 4 % 3),
        Packed = variant / 12 % 2 == 1,
        Scale = variant / 24 % 2 == 1 ? 0.7f : 1,
        Gap = variant % 3,
        AtStart = (m + n + k) % 2 == 1,
    };

    public void ShouldEqualReference(GemmKernel kernel, TurnsTeam? team = null)
    {
        using var a = TransposeA ? Make(K, M, 1) : Make(M, K, 1);
        using var b = TransposeB ? Make(N, K, 2) : Make(K, N, 2);
        using var bias = Make(1, N, 3);
        using var actual = Make(M, N, 4);
        using var expected = Make(M, N, 4);
        Compute(a, b, bias, actual.View, kernel, team ?? new TurnsTeam(TeamSize));
        Judge(a, b, bias, expected.View);
        for (var row = 0; row < M; row++)
        {
            Bits(actual, row).SequenceEqual(Bits(expected, row)).ShouldBeTrue($"{kernel.Name}: row {row} of {this}");
        }

        actual.ShouldHaveIntactSurroundings();
    }

    private static ReadOnlySpan<int> Bits(GuardedMatrix matrix, int row) => MemoryMarshal.Cast<float, int>(matrix.View.Row(row));

    private void Compute(GuardedMatrix a, GuardedMatrix b, GuardedMatrix bias, Matrix c, GemmKernel kernel, IComputeTeam team)
    {
        using var workspace = new GemmWorkspace(team, kernel);
        using var packed = new PackedMatrix(K, N, kernel);
        packed.Pack(b.View, TransposeB);
        var product = new MatrixProduct
        {
            A = a.View,
            TransposeA = TransposeA,
            B = Packed ? default : b.View,
            TransposeB = TransposeB,
            Packed = Packed ? packed : null,
            C = c,
            Accumulate = Start == ChainStart.C,
            Bias = Start == ChainStart.Bias ? bias.View.Pointer : null,
            Scale = Scale,
        };
        Gemm.Multiply(product, workspace);
    }

    private void Judge(GuardedMatrix a, GuardedMatrix b, GuardedMatrix bias, Matrix c)
    {
        var unscaled = a.View;
        a.Fill((row, column) => unscaled.Row(row)[column] * Scale);
        for (var row = 0; row < M && Start == ChainStart.Bias; row++)
        {
            bias.View.Row(0).CopyTo(c.Row(row));
        }

        ReferenceGemm.Multiply(a.View, TransposeA, b.View, TransposeB, c, Start != ChainStart.Zero);
    }

    private GuardedMatrix Make(int rows, int columns, uint seed)
    {
        var key = Luck.Key(seed, LuckPurpose.Generator, (uint)rows, (uint)columns);
        var matrix = new GuardedMatrix(rows, columns, columns + Gap, AtStart);
        matrix.Fill((row, column) => Magnitude * (key.Uniform((ulong)((row * columns) + column)) - 0.5f));
        return matrix;
    }
}
