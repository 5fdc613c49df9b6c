namespace DistNet.Reporting.Tests;

public sealed class PictureShapeTests
{
    [Theory]
    [InlineData(new[] { 8, 6 }, 6, 8, 1)]
    [InlineData(new[] { 64, 32, 3 }, 32, 64, 3)]
    [InlineData(new[] { 28, 28, 1 }, 28, 28, 1)]
    [InlineData(new[] { 784 }, 28, 28, 1)]
    [InlineData(new[] { 12288 }, 64, 64, 3)]
    public void Pictures(int[] shape, int width, int height, int channels) => PictureShape.Of(shape).ShouldBe(new PictureShape(width, height, channels));

    [Theory]
    [InlineData(new[] { 4 })]
    [InlineData(new[] { 30 })]
    [InlineData(new[] { 49 })]
    [InlineData(new[] { 100, 1 })]
    [InlineData(new[] { 65 })]
    [InlineData(new[] { 8, 8, 4 })]
    public void Tables(int[] shape) => PictureShape.Of(shape).ShouldBeNull();
}
