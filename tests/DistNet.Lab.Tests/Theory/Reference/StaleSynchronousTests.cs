namespace DistNet.Lab.Tests;

public sealed class StaleSynchronousTests
{
    private const int Workers = 8;

    /// <summary>Gradients per unit time with D = 1, mu = 1: the more slack, the nearer to ASP's 4.</summary>
    [Theory]
    [InlineData(0, 2.15)]
    [InlineData(1, 3.12)]
    [InlineData(2, 3.48)]
    [InlineData(4, 3.70)]
    [InlineData(8, 3.81)]
    public void Slack_buys_throughput(int slack, double rate)
    {
        var trace = Judged.Play(new StaleSynchronousReference(slack), Workers, 1, 20_000);
        trace.GradientRate.ShouldBe(rate, 0.015 * rate);
        trace.GreatestGap.ShouldBe(StaleSynchronous.GreatestGap(slack));
        trace.StalenessCounts.Count.ShouldBeLessThanOrEqualTo(StaleSynchronous.GreatestStaleness(slack) + 1);
    }

    [Fact]
    public void No_slack_is_bulk_synchronous()
    {
        var trace = Judged.Play(new StaleSynchronousReference(0), Workers, 1, 40_000);
        Estimate.OfSeries(trace.Intervals).ShouldAgree(UpdateTimes.BulkSynchronous(new(1, 1), Workers));
        trace.MeanStaleness.ShouldBe(0);
    }

    /// <summary>A machine that is slow for good sets the pace whatever the slack.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void It_does_not_cure_a_slow_machine(int slack)
    {
        var law = new ShiftedExponential(1, 1);
        var slow = new ScaledLaw(law, 2);
        var trace = new StaleSynchronousReference(slack).Run(new ServiceTimes([slow, .. Enumerable.Repeat(law, Workers - 1)], Judged.Seed), 20_000, 2000);
        trace.GradientRate.ShouldBe(StaleSynchronous.ThroughputLimit(Workers, slow.Mean), slack == 1 ? 0.06 : 0.03);
        new KBatchAsyncReference(1).Run(new ServiceTimes([slow, .. Enumerable.Repeat(law, Workers - 1)], Judged.Seed), 100_000)
            .GradientRate.ShouldBe(3.75, 0.02);
    }
}
