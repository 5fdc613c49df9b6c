using DistNet.Numerics;

namespace DistNet.Simulation.Tests;

/// <summary>Draws against the closed forms of their laws; what is random passes within 4 standard errors.</summary>
public sealed class DelayLawTests
{
    private const int Draws = 100_000;
    private const double Errors = 4;

    private static readonly LuckKey Key = Luck.Key(2026, LuckPurpose.Compute);

    /// <summary>The law, its mean and variance in seconds, and its median and 90 % quantile.</summary>
    [Theory]
    [InlineData("exp:10ms", 0.01, 1e-4, 0.0069314718, 0.0230258509)]
    [InlineData("shifted:5ms+10ms", 0.015, 1e-4, 0.0119314718, 0.0280258509)]
    [InlineData("pareto:2ms,4", 0.002666666667, 8.888889e-7, 0.00237841423, 0.00355655882)]
    [InlineData("lognormal:10ms,0.5", 0.01, 2.8402541669e-5, 0.00882496903, 0.0167503797)]
    public void Mean_and_quantiles_are_those_of_the_law(string text, double mean, double variance, double median, double ninth)
    {
        var law = DelayLawText.Parse(text);
        law.MeanSeconds.ShouldBe(mean, 1e-9);
        var draws = Enumerable.Range(0, Draws).Select(i => law.Draw(Key, (ulong)i).TotalSeconds).ToArray();
        draws.Average().ShouldBe(mean, Errors * Math.Sqrt(variance / Draws));
        Below(draws, median).ShouldBe(0.5, Errors * Math.Sqrt(0.25 / Draws));
        Below(draws, ninth).ShouldBe(0.9, Errors * Math.Sqrt(0.09 / Draws));
    }

    [Fact]
    public void A_constant_is_always_the_same()
    {
        DelayLawText.Parse("constant:1.5s").Draw(Key, 7).ShouldBe(TimeSpan.FromSeconds(1.5));
        DelayLawText.Parse("250us").ShouldBe(DelayLaw.Constant(TimeSpan.FromMicroseconds(250)));
        DelayLawText.Parse("0").IsZero.ShouldBeTrue();
    }

    [Fact]
    public void A_tail_without_a_mean_says_so() => DelayLawText.Parse("pareto:1ms,1").MeanSeconds.ShouldBe(double.PositiveInfinity);

    [Theory]
    [InlineData("plain.txt", "1\n2\n\n# a remark\n6\n", "")]
    [InlineData("table.csv", "worker,ms\n0,1\n1,2\n0,6\n", "#ms")]
    [InlineData("headed.csv", "ms\n1\n2\n6\n", "")]
    public void A_trace_gives_each_recorded_time_equally_often(string name, string content, string column)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name, content) + column;
        var law = DelayLawText.Parse($"trace:{path}");
        law.MeanSeconds.ShouldBe(0.003, 1e-12);
        var counts = Enumerable.Range(0, 30_000).GroupBy(i => law.Draw(Key, (ulong)i)).ToDictionary(group => group.Key.TotalMilliseconds, group => group.Count());
        counts.Keys.Order().ShouldBe([1, 2, 6]);
        counts.Values.ShouldAllBe(count => Math.Abs(count - 10_000) < Errors * Math.Sqrt(30_000 * 2 / 9.0));

        var inOrder = DelayLawText.Parse($"trace-in-order:{path}");
        Enumerable.Range(0, 5).Select(i => inOrder.Draw(Key, (ulong)i).TotalMilliseconds).ShouldBe([1, 2, 6, 1, 2]);
    }

    [Theory]
    [InlineData("gamma:10ms", "is none of")]
    [InlineData("exp:10", "is not a time")]
    [InlineData("exp:-1ms", "is not a time")]
    [InlineData("exp:10parsecs", "is not a time")]
    [InlineData("shifted:10ms", "is none of")]
    [InlineData("pareto:1ms,0", "'0' for alpha")]
    [InlineData("pareto:0,2", "has a time of 0")]
    [InlineData("lognormal:1ms,nan", "'nan' for sigma")]
    [InlineData("trace:nowhere.txt", "cannot be read")]
    [InlineData("", "is none of")]
    public void What_is_no_law_says_why(string text, string expected) =>
        Should.Throw<FormatException>(() => DelayLawText.Parse(text)).Message.ShouldContain(expected);

    [Theory]
    [InlineData("1\nsoon\n", "not a time in milliseconds: soon")]
    [InlineData("1\n-2\n", "not a time in milliseconds: -2")]
    [InlineData("", "has no times")]
    public void A_trace_that_is_none_says_why(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        Should.Throw<FormatException>(() => DelayLawText.Parse($"trace:{folder.Write("t.txt", content)}")).Message.ShouldContain(expected);
        Should.Throw<FormatException>(() => DelayLawText.Parse($"trace:{folder.Write("u.txt", "ms\n1\n")}#s")).Message.ShouldContain("the column s");
    }

    private static double Below(double[] draws, double bound) => draws.Count(draw => draw < bound) / (double)draws.Length;
}
