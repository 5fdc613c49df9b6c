namespace DistNet.Cluster.Tests;

public sealed class JoinTokenTests
{
    [Fact]
    public void Only_the_same_text_is_admitted()
    {
        var token = new JoinToken("sesame");

        token.Admits("sesame").ShouldBeTrue();
        foreach (var other in new[] { "", "Sesame", "sesame ", "sesam", "sesame\0" })
        {
            token.Admits(other).ShouldBeFalse(other);
        }
    }

    [Fact]
    public void A_text_of_any_length_may_be_offered()
    {
        new JoinToken("sesame").Admits(new string('x', 1 << 20)).ShouldBeFalse();
        new JoinToken(new string('x', 1 << 20)).Admits(new string('x', 1 << 20)).ShouldBeFalse("nobody sends that much before he is known");
    }

    [Fact]
    public void Generated_ones_are_long_and_differ()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => JoinToken.Generate().Text).ToArray();

        tokens.ShouldBeUnique();
        tokens.ShouldAllBe(text => text.Length == 48);
    }
}
