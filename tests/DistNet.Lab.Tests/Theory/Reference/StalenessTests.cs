namespace DistNet.Lab.Tests;

public sealed class StalenessTests
{
    /// <summary>The mean is P - 1 for any law; the spread falls to a round robin's as the shift grows.</summary>
    [Theory]
    [InlineData(0, 56.0)]
    [InlineData(1, 14.8)]
    [InlineData(1000, 0.03)]
    public void Asynchronous(double shift, double variance)
    {
        var trace = Judged.Play(new KBatchAsyncReference(1), 8, shift, 200_000);
        var mean = Estimate.OfSeries(trace.Staleness);
        mean.Mean.ShouldBe(StalenessLaws.MeanAsynchronous(8), 1e-3);
        Variance(trace).ShouldBe(variance, (0.02 * variance) + 0.005);
    }

    /// <summary>In-flight ages are bounded, so the sum of staleness differs from (P - 1) updates by what is in flight only.</summary>
    [Fact]
    public void Asynchronous_with_one_slow_worker_has_the_same_mean()
    {
        ServiceLaw slow = new ScaledLaw(ShiftedExponential.Unit, 5);
        var trace = new KBatchAsyncReference(1).Run(new ServiceTimes([slow, .. Enumerable.Repeat(ShiftedExponential.Unit, 7)], Judged.Seed), 200_000, 2000);
        trace.MeanStaleness.ShouldBe(7, 5e-3);
    }

    [Fact]
    public void Of_exponential_times_it_is_geometric()
    {
        const int Updates = 200_000;
        var counts = Judged.Play(new KBatchAsyncReference(1), 8, 0, Updates).StalenessCounts;
        for (var k = 0; k < 10; k++)
        {
            // Counts of a geometric law, neighbours nearly independent: binomial standard error.
            var p = StalenessLaws.GeometricProbability(8, k);
            (counts[k] / (double)Updates).ShouldBe(p, 4 * Math.Sqrt(p * (1 - p) / Updates));
        }
    }

    [Theory]
    [InlineData(30)]
    [InlineData(15)]
    [InlineData(7)]
    [InlineData(2)]
    [InlineData(1)]
    public void After_several_gradients(int gradients)
    {
        var trace = Judged.Play(new KBatchAsyncReference(gradients), 30, 0, 200_000 / gradients);
        var theory = StalenessLaws.MeanKBatchAsync(30, gradients);
        trace.MeanStaleness.ShouldBe(theory, 2e-3 * theory);
    }

    private static double Variance(ReferenceTrace trace)
    {
        var mean = trace.MeanStaleness;
        return trace.StalenessCounts.Select((count, k) => count * (k - mean) * (k - mean)).Sum() / trace.Applied;
    }
}
