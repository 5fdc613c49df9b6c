namespace DistNet.Learning.Tests;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("fashon-mnist", "fashion-mnist")]
    [InlineData("MNIST", "mnist")]
    [InlineData("iriss", "iris")]
    [InlineData("qqqqqqqqqq", null)]
    public void Of_finds_the_name_that_was_meant(string name, string? expected) =>
        NearestName.Of(name, DataCatalog.All.Select(data => data.Name)).ShouldBe(expected);

    [Fact]
    public void Of_nothing_is_null() => NearestName.Of("a", []).ShouldBeNull();
}
