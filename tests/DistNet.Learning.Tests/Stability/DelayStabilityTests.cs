namespace DistNet.Learning.Tests;

public sealed class DelayStabilityTests
{
    [Theory]
    [InlineData(0, 2.0)]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.6180)]
    [InlineData(3, 0.4450)]
    [InlineData(7, 0.2091)]
    [InlineData(15, 0.1013)]
    public void A_delayed_gradient_is_stable_up_to_a_rate(int delay, double limit)
    {
        DelayStability.Limit(delay).ShouldBe(limit, 6e-5);
        DelayStability.Limit(delay, momentum: 0).ShouldBe(DelayStability.Limit(delay), 1e-12);
        DelayStability.GreatestStaleness(DelayStability.Limit(delay)).ShouldBe(delay, 1e-9);
        DelayStability.GreatestRate(4, delay).ShouldBe(limit / 4, 6e-5);
    }

    [Fact]
    public void Twice_the_delay_is_half_the_rate_where_it_is_large()
    {
        (DelayStability.Limit(1000) / DelayStability.LimitOfLarge(1000)).ShouldBe(1, 1e-3);
        DelayStability.GreatestStaleness(2.1).ShouldBeLessThan(0);
    }

    /// <summary>The judge is the recursion itself: it decays just below the limit and grows just above.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0, 0.9)]
    [InlineData(1, 0.5)]
    [InlineData(1, 0.9)]
    [InlineData(3, 0.3)]
    [InlineData(7, 0.9)]
    [InlineData(15, 0.75)]
    public void With_momentum_the_recursion_stops_to_decay_at_the_limit(int delay, double momentum)
    {
        var limit = DelayStability.Limit(delay, momentum);
        Growth(0.98 * limit, delay, momentum).ShouldBeLessThan(1);
        Growth(1.02 * limit, delay, momentum).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Without_delay_momentum_lifts_the_limit_and_with_much_it_divides_it()
    {
        DelayStability.Limit(0, 0.9).ShouldBe(3.8, 1e-9);
        (DelayStability.Limit(10_000, 0.9) / (0.1 * DelayStability.LimitOfLarge(10_000))).ShouldBe(1, 2e-3);
    }

    /// <summary>Greatest |w| over the last steps, over that of as many before them.</summary>
    private static double Growth(double rateTimesCurvature, int delay, double momentum)
    {
        const int Window = 300;
        var w = Enumerable.Repeat(1.0, delay + 2).ToList();
        while (w.Count < 4 * Window)
        {
            w.Add(w[^1] + (momentum * (w[^1] - w[^2])) - (rateTimesCurvature * w[^(delay + 1)]));
        }

        return w.TakeLast(Window).Max(Math.Abs) / w.SkipLast(Window).TakeLast(Window).Max(Math.Abs);
    }
}
