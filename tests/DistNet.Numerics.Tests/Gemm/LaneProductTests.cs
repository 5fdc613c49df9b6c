using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Numerics.Tests;

public sealed unsafe class LaneProductTests
{
    public static TheoryData<string> Kernels => GemmTests.Kernels;

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Sum_over_lanes_is_the_tree_of_plain_products(string name)
    {
        var widths = new[] { 1, 7, 16, 19, 32, 45, 64, 70, 97 };
        for (var lanes = 1; lanes <= 9; lanes++)
        {
            for (var pattern = 0; pattern < 6; pattern++)
            {
                var rows = Enumerable.Range(0, lanes).Select(lane => ((lane * 7) + (pattern * 5)) % (pattern + 3));
                ShouldEqualTree(name, rows.ToArray(), widths[(lanes + pattern) % 9] + 3, widths[(lanes * pattern) % 9], team: 1 + (pattern % 3));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Random_lanes_are_the_tree_of_plain_products(string name)
    {
        var cases =
            from rows in Gen.ArrayOf(Gen.Choose(0, 9))
            from m in Gen.Choose(1, 40)
            from n in Gen.Choose(1, 80)
            select (rows, m, n);
        Prop.ForAll(cases.ToArbitrary(), each => ShouldEqualTree(name, [.. each.rows, 1], each.m, each.n, 1)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Deep_lanes_and_teams_give_the_same_bits(string name)
    {
        ShouldEqualTree(name, [700, 0, 901], 157, 37, 2);
        ShouldEqualTree(name, [1500], 35, 37, 3);
        ShouldEqualTree(name, [0, 16, 16, 0, 16, 5], 150, 133, 5);
    }

    [Fact]
    public void Without_rows_the_sum_is_zero()
    {
        using var c = Operands.Normal(5, 6, 1);
        using var packed = new PackedMatrix(0, 6);
        using var workspace = new GemmWorkspace();
        Gemm.Multiply(new LaneProduct { A = new Matrix(null, 0, 5), B = packed, C = c.View, Bounds = [0, 0, 0] }, workspace);
        c.View.Row(4).ToArray().ShouldAllBe(value => value == 0);
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(2, 2)]
    [InlineData(0, 4, 4, 9)]
    [InlineData(5, 7, 8, 12)]
    [InlineData(12, 12, 12)]
    public void Rows_outside_the_bounds_are_left_out(params int[] bounds)
    {
        using GuardedMatrix a = Operands.Normal(12, 50, 1), b = Operands.Normal(12, 37, 2);
        using AlignedBuffer part = new(50 * 37), whole = new(50 * 37);
        using PackedMatrix all = new(12, 37), some = new(bounds[^1] - bounds[0], 37);
        using var workspace = new GemmWorkspace();
        all.Pack(b.View, false);
        some.Pack(b.View.RowRange(bounds[0], some.Depth), false);
        var moved = Array.ConvertAll(bounds, bound => bound - bounds[0]);
        Gemm.Multiply(new LaneProduct { A = a.View, B = all, C = new(whole.Pointer, 50, 37), Bounds = bounds }, workspace);
        Gemm.Multiply(
            new LaneProduct { A = a.View.RowRange(bounds[0], some.Depth), B = some, C = new(part.Pointer, 50, 37), Bounds = moved }, workspace);
        whole.Span.SequenceEqual(part.Span).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0, 5)]
    [InlineData(-1, 4)]
    [InlineData(0, 3, 2, 4)]
    public void Bounds_that_fall_or_leave_the_rows_are_refused(params int[] bounds)
    {
        using var a = Operands.Normal(4, 5, 1);
        using var c = new GuardedMatrix(5, 6, 6);
        using var packed = new PackedMatrix(4, 6);
        using var workspace = new GemmWorkspace();
        Should.Throw<ArgumentException>(() =>
            Gemm.Multiply(new LaneProduct { A = a.View, B = packed, C = c.View, Bounds = bounds }, workspace)).Message.ShouldContain("must rise, within 4 rows");
    }

    private static void ShouldEqualTree(string name, int[] rows, int m, int n, int team)
    {
        var kernel = GemmKernel.Supported.Single(each => each.Name == name);
        var bounds = new int[rows.Length + 1];
        for (var lane = 0; lane < rows.Length; lane++)
        {
            bounds[lane + 1] = bounds[lane] + rows[lane];
        }

        // A is a block of columns of a wider matrix.
        using var wide = Operands.Normal(bounds[^1], m + 3, 1);
        var a = new Matrix(wide.View.Pointer + (bounds[^1] == 0 ? 0 : 2), bounds[^1], m, m + 3);
        using var b = Operands.Normal(bounds[^1], n, 2);
        using var packed = new PackedMatrix(bounds[^1], n, kernel);
        using var actual = new GuardedMatrix(m, n, n + 2);
        using var workspace = new GemmWorkspace(new TurnsTeam(team), kernel);
        packed.Pack(b.View, false);
        Gemm.Multiply(new LaneProduct { A = a, B = packed, C = actual.View, Bounds = bounds }, workspace);
        var expected = Tree(new SummationTree(rows.Length).Root, bounds, a, b.View) ?? new float[m * n];
        for (var row = 0; row < m; row++)
        {
            var bits = MemoryMarshal.Cast<float, int>(actual.View.Row(row));
            bits.SequenceEqual(MemoryMarshal.Cast<float, int>(expected.AsSpan(row * n, n)))
                .ShouldBeTrue($"{name}: row {row} of {m} x {n}, lanes [{string.Join(", ", rows)}], team of {team}");
        }

        actual.ShouldHaveIntactSurroundings();
    }

    private static float[]? Tree(TreeNode node, int[] bounds, Matrix a, Matrix b)
    {
        if (node.First >= bounds.Length - 1)
        {
            return null;
        }

        if (node.IsLeaf)
        {
            return Lane(bounds[node.First], bounds[node.First + 1] - bounds[node.First], a, b);
        }

        var left = Tree(node.Left, bounds, a, b);
        var right = Tree(node.Right, bounds, a, b);
        if (left is not null && right is not null)
        {
            TensorPrimitives.Add(left, right, left);
        }

        return left ?? right;
    }

    private static float[]? Lane(int first, int rows, Matrix a, Matrix b)
    {
        if (rows == 0)
        {
            return null;
        }

        var sum = new float[a.Columns * b.Columns];
        fixed (float* c = sum)
        {
            ReferenceGemm.Multiply(a.RowRange(first, rows), true, b.RowRange(first, rows), false, new Matrix(c, a.Columns, b.Columns), false);
        }

        return sum;
    }
}
