namespace DistNet.Numerics.Tests;

public sealed unsafe class FixedOrderSumTests
{
    [Fact]
    public void Sum_adds_from_left_to_right()
    {
        FixedOrderSum.Of([1e16, 1.0, -1e16]).ShouldBe(0);
        FixedOrderSum.Of([1e16, -1e16, 1.0]).ShouldBe(1);
        FixedOrderSum.Of([1e8f, 1f, -1e8f]).ShouldBe(1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(20, 50)]
    public void Columns_are_added_row_after_row_in_float(int rows, int columns)
    {
        using var buffer = new AlignedBuffer(rows * (columns + 3));
        Luck.Key(1, LuckPurpose.Generator).Uniform(0, buffer.Span);
        var matrix = new Matrix(buffer.Pointer, rows, columns, columns + 3);
        var sums = new float[columns];
        FixedOrderSum.Columns(matrix, sums);
        for (var column = 0; column < columns; column++)
        {
            var expected = matrix.Row(0)[column];
            for (var row = 1; row < rows; row++)
            {
                expected += matrix.Row(row)[column];
            }

            sums[column].ShouldBe(expected);
        }
    }

    [Fact]
    public void Columns_without_rows_are_zero()
    {
        float[] sums = [1, 2];
        FixedOrderSum.Columns(new Matrix(null, 0, 2), sums);
        sums.ShouldBe([0, 0]);
    }
}
