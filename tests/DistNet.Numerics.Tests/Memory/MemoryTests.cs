namespace DistNet.Numerics.Tests;

public sealed unsafe class MemoryTests
{
    [Fact]
    public void Buffer_is_aligned_and_zero()
    {
        using var buffer = new AlignedBuffer(1001);
        ((nint)buffer.Pointer % AlignedBuffer.Alignment).ShouldBe(0);
        buffer.Span.Length.ShouldBe(1001);
        buffer.Span.ContainsAnyExcept(0f).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Buffer_without_length_is_refused(int length) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new AlignedBuffer(length));

    [Fact]
    public void Disposed_buffer_gives_no_span()
    {
        var buffer = new AlignedBuffer(4);
        buffer.Dispose();
        buffer.Dispose();
        Should.Throw<ObjectDisposedException>(() => buffer.Span.Length);
    }

    [Fact]
    public void Rows_of_a_range_are_rows_of_the_matrix()
    {
        using var buffer = new AlignedBuffer(20);
        var matrix = new Matrix(buffer.Pointer, 4, 3, 5);
        matrix.RowRange(2, 2).Row(1)[2] = 7;
        matrix.Row(3).ToArray().ShouldBe([0, 0, 7]);
        buffer.Span[17].ShouldBe(7);
    }

    [Fact]
    public void Rows_outside_are_refused()
    {
        using var buffer = new AlignedBuffer(20);
        var matrix = new Matrix(buffer.Pointer, 4, 5);
        Should.Throw<ArgumentOutOfRangeException>(() => matrix.Row(4).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => matrix.RowRange(3, 2).Rows);
        Should.Throw<ArgumentOutOfRangeException>(() => new Matrix(null, 2, 5, 4).Rows);
    }
}
