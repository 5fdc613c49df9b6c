using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Numerics.Tests;

public sealed class GemmTests
{
    private static readonly int[] Ragged = [1, 2, 3, 5, 6, 7, 8, 11, 12, 13, 16, 17, 24, 31, 32, 33, 40];

    public static TheoryData<string> Kernels => new(GemmKernel.Supported.Select(kernel => kernel.Name));

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_ragged_tile_has_the_bits_of_the_reference(string name)
    {
        var turn = 0;
        foreach (var m in Ragged)
        {
            foreach (var n in Ragged)
            {
                // The variant turns with the place on the grid, so that every size meets many.
                GemmCase.Variant(m, n, Ragged[turn % Ragged.Length], turn++ % GemmCase.Variants).ShouldEqualReference(Kernel(name));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_length_to_256_has_the_bits_of_the_reference(string name)
    {
        for (var length = 0; length <= 256; length++)
        {
            GemmCase.Variant(length, 9, 7, length % GemmCase.Variants).ShouldEqualReference(Kernel(name));
            GemmCase.Variant(7, length, 9, (length + 5) % GemmCase.Variants).ShouldEqualReference(Kernel(name));
            GemmCase.Variant(9, 7, length, (length + 11) % GemmCase.Variants).ShouldEqualReference(Kernel(name));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_variant_has_the_bits_of_the_reference_beyond_one_block(string name)
    {
        for (var variant = 0; variant < GemmCase.Variants; variant++)
        {
            GemmCase.Variant(15, 37, 2051, variant).ShouldEqualReference(Kernel(name));
            GemmCase.Variant(3, 1029, 9, variant).ShouldEqualReference(Kernel(name));
            GemmCase.Variant(269, 133, 9, variant).ShouldEqualReference(Kernel(name));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_team_has_the_bits_of_the_reference(string name)
    {
        foreach (var size in new[] { 1, 2, 3, 5 })
        {
            for (var variant = 0; variant < GemmCase.Variants; variant++)
            {
                var team = new TurnsTeam(size);
                GemmCase.Variant(70, 157, 101, variant).ShouldEqualReference(Kernel(name), team);
                (team.MostParts > 1).ShouldBe(size > 1);
            }

            GemmCase.Variant(1501, 11, 73, size * 7).ShouldEqualReference(Kernel(name), new TurnsTeam(size));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Sizes_0_and_1_have_the_bits_of_the_reference(string name)
    {
        for (var size = 0; size < 8; size++)
        {
            for (var variant = 0; variant < GemmCase.Variants; variant++)
            {
                GemmCase.Variant(size & 1, (size >> 1) & 1, size >> 2, variant).ShouldEqualReference(Kernel(name));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Random_products_have_the_bits_of_the_reference(string name)
    {
        var size = Gen.Choose(0, 90);
        var cases =
            from m in size
            from n in size
            from k in Gen.Choose(0, 300)
            from variant in Gen.Choose(0, GemmCase.Variants - 1)
            from gap in Gen.Choose(0, 20)
            from team in Gen.Choose(1, 5)
            select GemmCase.Variant(m, n, k, variant) with { Gap = gap, TeamSize = team };
        Prop.ForAll(cases.ToArbitrary(), each => each.ShouldEqualReference(Kernel(name))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Denormal_numbers_are_not_flushed(string name) =>
        (GemmCase.Variant(13, 35, 19, 0) with { Magnitude = 1e-20f }).ShouldEqualReference(Kernel(name));

    [Fact]
    public void Portable_kernel_is_always_there()
    {
        GemmKernel.Supported.Select(kernel => kernel.Name).ShouldContain("portable");
        GemmKernel.Default.ShouldBe(GemmKernel.Supported[0]);
    }

    [Fact]
    public void Values_agree_with_dot_products_within_rounding()
    {
        const int M = 33, N = 29, K = 700;
        using var a = Operands.Normal(M, K, 1);
        using var b = Operands.Normal(N, K, 2);
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
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Non_finite_operand_reaches_its_row_and_no_other(float bad)
    {
        foreach (var kernel in GemmKernel.Supported)
        {
            using var a = Operands.Normal(14, 5, 5);
            using var b = Operands.Normal(5, 35, 6);
            using var c = new GuardedMatrix(14, 35, 35);
            using var workspace = new GemmWorkspace(ComputeTeam.Alone, kernel);
            a.View.Row(13)[2] = bad;
            Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = c.View }, workspace);
            c.View.Row(13).ToArray().ShouldAllBe(value => !float.IsFinite(value));
            c.View.Row(12).ToArray().ShouldAllBe(value => float.IsFinite(value));
        }
    }

    private static GemmKernel Kernel(string name) => GemmKernel.Supported.Single(kernel => kernel.Name == name);
}
