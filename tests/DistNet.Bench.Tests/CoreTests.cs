using DistNet.Hosting;
using DistNet.Numerics;

namespace DistNet.Bench.Tests;

public sealed class CoreTests
{
    public static TheoryData<bool, bool, int> Products => new()
    {
        { false, false, 1 },
        { true, false, 1 },
        { false, true, 1 },
        { false, false, 3 },
        { true, false, 3 },
        { false, true, 3 },
    };

    [Theory]
    [MemberData(nameof(Products))]
    public void Our_product_is_the_product(bool transposeA, bool transposeB, int threads)
    {
        var shape = new ProductShape("test", 29, 18, 37, transposeA, transposeB);
        using var data = new ProductData(shape);
        using var product = new OurProduct(data, threads);

        product.Multiply();

        ShouldBeTheProduct(shape, data, product.C);
    }

    [SkippableTheory]
    [MemberData(nameof(Products))]
    public void The_other_library_is_called_rightly(bool transposeA, bool transposeB, int threads)
    {
        var shape = new ProductShape("test", 29, 18, 37, transposeA, transposeB);
        using var library = LoadOrSkip();
        using var data = new ProductData(shape);
        using var product = library.Prepare(data, threads);

        product.Multiply();

        ShouldBeTheProduct(shape, data, product.C);
    }

    [Fact]
    public void A_library_that_is_not_there_is_wrong_usage()
    {
        Should.Throw<UsageException>(() => OpenBlas.Load("/nowhere/libopenblas.so"))
            .Problems.ShouldBe(["--against: DISTNET_OPENBLAS names /nowhere/libopenblas.so, which cannot be loaded"]);
    }

    [SkippableFact]
    public void A_library_that_is_another_one_is_wrong_usage()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "loads the C library of Linux");

        Should.Throw<UsageException>(() => OpenBlas.Load("libc.so.6")).Problems.ShouldBe(["--against: libc.so.6 is not OpenBLAS"]);
    }

    [Fact]
    public void The_shapes_are_those_of_training()
    {
        ProductShape.All.Count.ShouldBe(13);
        ProductShape.All.Where(shape => !shape.IsComputeBound).Select(shape => shape.N).ShouldBe([10, 10]);
        ProductShape.All.ShouldContain(new ProductShape("weight gradient", 784, 512, 64, TransposeA: true));
    }

    [Fact]
    public void Every_loop_of_the_peak_runs_and_the_best_is_the_peak()
    {
        var peak = MachinePeak.Measure(2, new MeasureOptions { Rounds = 1, Budget = 1e-4, Pause = TimeSpan.Zero });

        peak.Loops.Select(loop => loop.InstructionSet).ShouldContain("Vector128");
        peak.Loops.ShouldAllBe(loop => loop.FlopsPerSecond.Median > 0 && loop.FlopsPerSecond.Median <= peak.Best.FlopsPerSecond.Median);
        peak.MemoryBytesPerSecond.Median.ShouldBeGreaterThan(0);
    }

    private static OpenBlas LoadOrSkip()
    {
        try
        {
            return OpenBlas.Load(null);
        }
        catch (UsageException e)
        {
            Skip.If(true, e.Message);
            throw;
        }
    }

    private static unsafe void ShouldBeTheProduct(ProductShape shape, ProductData data, Matrix c)
    {
        using var buffer = new AlignedBuffer(shape.M * shape.N);
        var expected = new Matrix(buffer.Pointer, shape.M, shape.N);
        ReferenceGemm.Multiply(data.A, shape.TransposeA, data.B, shape.TransposeB, expected, false);
        for (var i = 0; i < shape.M; i++)
        {
            for (var j = 0; j < shape.N; j++)
            {
                c.Row(i)[j].ShouldBe(expected.Row(i)[j], 1e-5);
            }
        }
    }
}
