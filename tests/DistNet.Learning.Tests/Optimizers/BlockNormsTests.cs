namespace DistNet.Learning.Tests;

public sealed class BlockNormsTests
{
    private const int Length = ParameterLayout.BlockLength;

    [Fact]
    public void Squares_are_the_squared_norms_of_the_blocks()
    {
        var vector = Vector(blocks: 3, seed: 1);
        var squares = new double[3];
        BlockNorms.Squares(vector, squares);
        for (var block = 0; block < 3; block++)
        {
            var expected = vector.Skip(block * Length).Take(Length).Sum(x => (double)x * x);
            squares[block].ShouldBe(expected, expected * 1e-14);
        }
    }

    [Fact]
    public void Norm_has_the_same_bits_however_blocks_are_spread()
    {
        var vector = Vector(blocks: 13, seed: 2);
        var whole = new double[13];
        BlockNorms.Squares(vector, whole);
        for (var cut = 0; cut <= 13; cut++)
        {
            var parts = new double[13];
            BlockNorms.Squares(vector.AsSpan(0, cut * Length), parts.AsSpan(0, cut));
            BlockNorms.Squares(vector.AsSpan(cut * Length), parts.AsSpan(cut));
            BitConverter.DoubleToInt64Bits(BlockNorms.TreeSum(parts)).ShouldBe(BitConverter.DoubleToInt64Bits(BlockNorms.TreeSum(whole)));
        }
    }

    [Fact]
    public void TreeSum_adds_in_the_fixed_tree()
    {
        const double tiny = 1e-16; // lost when added to 1 alone, kept when two of them are added first
        BlockNorms.TreeSum([1, tiny, tiny, tiny]).ShouldBe(1 + (tiny + tiny));
        BlockNorms.TreeSum([1, tiny, tiny]).ShouldBe(1);
        BlockNorms.TreeSum([5]).ShouldBe(5);
        BlockNorms.TreeSum([]).ShouldBe(0);
    }

    [Fact]
    public void Squares_refuse_a_vector_of_broken_blocks() =>
        Should.Throw<ArgumentOutOfRangeException>(() => BlockNorms.Squares(new float[Length + 1], new double[1]));

    [Theory]
    [InlineData(100, 5, 0.5f)]
    [InlineData(25, 5, 1)]
    [InlineData(1, 5, 1)]
    [InlineData(0, 5, 1)]
    [InlineData(double.NaN, 5, 1)]
    [InlineData(double.PositiveInfinity, 5, 0)]
    public void ClipFactor_shortens_only_what_is_too_long(double squaredNorm, double limit, float factor) =>
        BlockNorms.ClipFactor(squaredNorm, limit).ShouldBe(factor);

    private static float[] Vector(int blocks, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, blocks * Length).Select(_ => random.NextSingle() - 0.5f)];
    }
}
