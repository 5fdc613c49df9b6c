namespace DistNet.Cluster.Tests;

public sealed class ShortTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(ShortText.MostCharacters)]
    public void A_text_that_fits_stays_as_it_is(int length) => ShortText.Of(new string('x', length)).ShouldBe(new string('x', length));

    [Fact]
    public void A_longer_one_keeps_its_beginning()
    {
        var cut = ShortText.Of("because " + new string('x', 5000));

        cut.Length.ShouldBe(ShortText.MostCharacters);
        cut.ShouldStartWith("because x");
        cut.ShouldEndWith("x ...");
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        foreach (var before in new[] { "", "x" })
        {
            var cut = ShortText.Of(before + string.Concat(Enumerable.Repeat("\U0001F600", 1000)));

            cut.Length.ShouldBeInRange(ShortText.MostCharacters - 1, ShortText.MostCharacters);
            char.IsLowSurrogate(cut[^5]).ShouldBeTrue();
        }
    }
}
