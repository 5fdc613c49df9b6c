namespace DistNet.Numerics.Tests;

/// <summary>What <see cref="Gemm"/> refuses, calls back, and does not allocate.</summary>
public sealed unsafe class GemmContractTests
{
    public static TheoryData<string> Kernels => GemmTests.Kernels;

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        using var buffer = new AlignedBuffer(64);
        var a = new Matrix(buffer.Pointer, 2, 3);
        Refusal(new MatrixProduct { A = a, B = a, C = new Matrix(buffer.Pointer + 32, 2, 3) }).ShouldContain("[2, 3] times [2, 3]");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    public void Result_over_an_operand_is_refused(int place)
    {
        using var buffer = new AlignedBuffer(64);
        var product = new MatrixProduct
        {
            A = new Matrix(buffer.Pointer, 4, 4),
            B = new Matrix(buffer.Pointer + 16, 4, 4),
            C = new Matrix(buffer.Pointer + place, 4, 4),
        };
        Refusal(product).ShouldContain("overlap");
    }

    [Fact]
    public void Result_right_behind_an_operand_is_accepted()
    {
        using var buffer = new AlignedBuffer(48);
        using var workspace = new GemmWorkspace();
        var a = new Matrix(buffer.Pointer, 4, 4);
        Gemm.Multiply(new MatrixProduct { A = a, B = a, C = new Matrix(buffer.Pointer + 16, 4, 4) }, workspace);
    }

    [Fact]
    public void Bias_and_accumulation_together_are_refused()
    {
        using var buffer = new AlignedBuffer(64);
        var a = new Matrix(buffer.Pointer, 4, 4);
        var c = new Matrix(buffer.Pointer + 16, 4, 4);
        Refusal(new MatrixProduct { A = a, B = a, C = c, Accumulate = true, Bias = buffer.Pointer + 48 }).ShouldContain("not from both");
    }

    [Fact]
    public void Matrix_packed_for_another_kernel_is_refused()
    {
        using var buffer = new AlignedBuffer(64);
        var (first, last) = (GemmKernel.Supported[0], GemmKernel.Supported[^1]);
        using var packed = new PackedMatrix(4, 4, last);
        using var workspace = new GemmWorkspace(ComputeTeam.Alone, first);
        var product = new MatrixProduct { A = new Matrix(buffer.Pointer, 4, 4), Packed = packed, C = new Matrix(buffer.Pointer + 16, 4, 4) };
        Should.Throw<ArgumentException>(() => Gemm.Multiply(product, workspace)).Message.ShouldContain($"packed for {last.Name}, not {first.Name}");
    }

    [Fact]
    public void Matrix_of_another_shape_is_not_packed()
    {
        using var buffer = new AlignedBuffer(64);
        using var packed = new PackedMatrix(4, 5);
        Should.Throw<ArgumentException>(() => packed.Pack(new Matrix(buffer.Pointer, 4, 5), true)).Message.ShouldContain("[5, 4] is not [4, 5]");
    }

    [Fact]
    public void Packed_matrix_can_be_filled_again()
    {
        using var a = Operands.Normal(20, 300, 1);
        using var b = Operands.Normal(300, 500, 2);
        using var packed = new PackedMatrix(300, 500);
        using var workspace = new GemmWorkspace();
        using var actual = new GuardedMatrix(20, 500, 500);
        using var expected = new GuardedMatrix(20, 500, 500);
        packed.Pack(b.View, false);
        b.View.Row(299)[499] = 3;
        packed.Parts.ShouldBeGreaterThan(1);
        for (var part = packed.Parts - 1; part >= 0; part--)
        {
            packed.PackPart(part, b.View, false);
        }

        Gemm.Multiply(new MatrixProduct { A = a.View, Packed = packed, C = actual.View }, workspace);
        Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = expected.View }, workspace);
        for (var row = 0; row < 20; row++)
        {
            actual.View.Row(row).SequenceEqual(expected.View.Row(row)).ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Epilogue_meets_every_finished_element_once(string name)
    {
        var kernel = GemmKernel.Supported.Single(each => each.Name == name);
        foreach (var (m, n, k, members) in new[] { (1, 1, 0, 1), (13, 47, 5, 1), (150, 700, 1100, 1), (150, 700, 40, 3), (1400, 9, 100, 2) })
        {
            using var a = Operands.Normal(m, k, 1);
            using var b = Operands.Normal(k, n, 2);
            using var expected = new GuardedMatrix(m, n, n);
            using var actual = new GuardedMatrix(m, n, n);
            using var workspace = new GemmWorkspace(new TurnsTeam(members), kernel);
            Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = expected.View }, workspace);
            var epilogue = new PlaceEpilogue();
            Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = actual.View, Epilogue = epilogue }, workspace);
            expected.Fill((row, column) => (2 * expected.View.Row(row)[column]) + PlaceEpilogue.Place(row, column));
            for (var row = 0; row < m; row++)
            {
                actual.View.Row(row).SequenceEqual(expected.View.Row(row)).ShouldBeTrue($"{name}: row {row} of {m} x {n} x {k}");
            }
        }
    }

    [Fact]
    public void Repeated_products_allocate_nothing()
    {
        using var a = Operands.Normal(140, 150, 7);
        using var b = Operands.Normal(150, 160, 8);
        using var c = new GuardedMatrix(140, 160, 160);
        using var d = new GuardedMatrix(150, 160, 160);
        using var rows = Operands.Normal(140, 160, 9);
        using var packed = new PackedMatrix(140, 160);
        using var workspace = new GemmWorkspace(new TurnsTeam(2));
        int[] bounds = [0, 30, 70, 140];
        Products();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Products();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Products()
        {
            Gemm.Multiply(new MatrixProduct { A = a.View, B = b.View, C = c.View, Scale = 2 }, workspace);
            packed.Pack(rows.View, false);
            Gemm.Multiply(new LaneProduct { A = a.View, B = packed, C = d.View, Bounds = bounds }, workspace);
        }
    }

    private static string Refusal(MatrixProduct product)
    {
        using var workspace = new GemmWorkspace();
        return Should.Throw<ArgumentException>(() => Gemm.Multiply(product, workspace)).Message;
    }

    /// <summary>Doubles each element and adds a number of its place: neither twice nor in another place nor too early would give the same.</summary>
    private sealed class PlaceEpilogue : GemmEpilogue
    {
        public static float Place(int row, int column) => row + (column * 0.5f);

        public override void Apply(Matrix region, int row, int column)
        {
            (column % 8).ShouldBe(0);
            for (var i = 0; i < region.Rows; i++)
            {
                for (var j = 0; j < region.Columns; j++)
                {
                    region.Row(i)[j] = (2 * region.Row(i)[j]) + Place(row + i, column + j);
                }
            }
        }
    }
}
