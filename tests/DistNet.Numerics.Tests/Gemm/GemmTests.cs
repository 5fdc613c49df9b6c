using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Numerics.Tests;

public sealed unsafe class GemmTests
{
    private static readonly int[] Ragged = [1, 2, 3, 5, 6, 7, 8, 11, 12, 13, 16, 17, 24, 31, 32, 33, 40];

    public static TheoryData<string> Kernels => new(GemmKernel.Supported.Select(kernel => kernel.Name));

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_ragged_size_has_the_bits_of_the_reference(string name)
    {
        var kernel = Kernel(name);
        var turn = 0;
        foreach (var m in Ragged)
        {
            foreach (var n in Ragged)
            {
                // Every size meets every variant: the variant turns with the place on the grid.
                GemmCase.Variant(m, n, Ragged[turn % Ragged.Length], turn++ % GemmCase.Variants, gap: turn % 3).ShouldEqualReference(kernel);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Sizes_beyond_one_block_have_the_bits_of_the_reference(string name)
    {
        for (var variant = 0; variant < GemmCase.Variants; variant++)
        {
            GemmCase.Variant(150, 37, 801, variant).ShouldEqualReference(Kernel(name));
            GemmCase.Variant(3, 2048 + 5, 9, variant, gap: 2).ShouldEqualReference(Kernel(name));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Sizes_0_and_1_work(string name)
    {
        for (var size = 0; size < 8; size++)
        {
            for (var variant = 0; variant < GemmCase.Variants; variant++)
            {
                GemmCase.Variant(size & 1, (size >> 1) & 1, size >> 2, variant).ShouldEqualReference(Kernel(name));
                GemmCase.Variant(4, 20, 0, variant).ShouldEqualReference(Kernel(name));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Random_shapes_have_the_bits_of_the_reference(string name)
    {
        var size = Gen.Choose(0, 90);
        var cases =
            from m in size
            from n in size
            from k in Gen.Choose(0, 500)
            from variant in Gen.Choose(0, GemmCase.Variants - 1)
            from gap in Gen.Choose(0, 20)
            select GemmCase.Variant(m, n, k, variant, gap);
        Prop.ForAll(cases.ToArbitrary(), each => each.ShouldEqualReference(Kernel(name))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Values_agree_with_dot_products_within_rounding()
    {
        const int M = 33, N = 29, K = 700;
        using var a = Normal(M, K, 1);
        using var b = Normal(N, K, 2);
        using var product = new GuardedMatrix(M, N, N);
        using var dots = new GuardedMatrix(M, N, N);
        using var workspace = new GemmWorkspace();
        Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, TransposeB = true, C = product.View }, workspace);
        DotGemm.MultiplyTransposed(a.View, b.View, dots.View);
        for (var i = 0; i < M; i++)
        {
            for (var j = 0; j < N; j++)
            {
                var bound = 0.0;
                for (var k = 0; k < K; k++)
                {
                    bound += Math.Abs((double)a.View.Row(i)[k] * b.View.Row(j)[k]);
                }

                Math.Abs((double)product.View.Row(i)[j] - dots.View.Row(i)[j]).ShouldBeLessThan(2 * K * Math.Pow(2, -24) * bound);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Split_of_rows_changes_no_bit(string name)
    {
        const int M = 29, N = 45, K = 31;
        using var a = Normal(M, K, 3);
        using var b = Normal(K, N, 4);
        using var whole = new GuardedMatrix(M, N, N);
        using var parts = new GuardedMatrix(M, N, N);
        using var workspace = new GemmWorkspace();
        Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = whole.View }, workspace);
        foreach (var (first, count) in new[] { (0, 1), (1, 13), (14, 15) })
        {
            Gemm.Multiply(new MatrixProduct { A = a.View.RowRange(first, count), B = b.View, C = parts.View.RowRange(first, count) }, workspace);
        }

        for (var row = 0; row < M; row++)
        {
            parts.View.Row(row).SequenceEqual(whole.View.Row(row)).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Non_finite_operand_reaches_its_row_and_no_other(float bad)
    {
        foreach (var kernel in GemmKernel.Supported)
        {
            using var a = Normal(14, 5, 5);
            using var b = Normal(5, 35, 6);
            using var c = new GuardedMatrix(14, 35, 35);
            using var workspace = new GemmWorkspace();
            a.View.Row(13)[2] = bad;
            Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = c.View }, workspace);
            c.View.Row(13).ToArray().ShouldAllBe(value => !float.IsFinite(value));
            c.View.RowRange(0, 13).Row(12).ToArray().ShouldAllBe(value => float.IsFinite(value));
        }
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        using var buffer = new AlignedBuffer(64);
        using var workspace = new GemmWorkspace();
        var a = new Matrix(buffer.Pointer, 2, 3);
        Should.Throw<ArgumentException>(() => Gemm.Multiply(new MatrixProduct { A = a, B = a, C = new Matrix(buffer.Pointer, 2, 3) }, workspace))
            .Message.ShouldContain("[2, 3] times [2, 3]");
    }

    [Fact]
    public void Repeated_products_allocate_nothing()
    {
        using var a = Normal(40, 50, 7);
        using var b = Normal(50, 60, 8);
        using var c = new GuardedMatrix(40, 60, 60);
        using var workspace = new GemmWorkspace();
        Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = c.View }, workspace);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = c.View }, workspace);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static GemmKernel Kernel(string name) => GemmKernel.Supported.Single(kernel => kernel.Name == name);

    private static GuardedMatrix Normal(int rows, int columns, uint key)
    {
        var luck = Luck.Key(1, LuckPurpose.Generator, key);
        var matrix = new GuardedMatrix(rows, columns, columns);
        matrix.Fill((row, column) => luck.Normal((ulong)((row * columns) + column)));
        return matrix;
    }
}
