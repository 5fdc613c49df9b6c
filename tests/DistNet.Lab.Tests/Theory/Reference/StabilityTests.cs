using DistNet.Learning;

namespace DistNet.Lab.Tests;

public sealed class StabilityTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(15)]
    public void The_recursion_stops_to_decay_where_the_formula_says(int delay) =>
        DelayRecursion.CriticalRate(delay).ShouldBe(DelayStability.Limit(delay), 2e-4);

    [Theory]
    [InlineData(4, 0.5, false)]
    [InlineData(8, 0.5, true)]
    [InlineData(8, 0.2, false)]
    [InlineData(16, 0.2, true)]
    public void A_rate_that_works_with_few_workers_diverges_with_more(int workers, double rate, bool diverges)
    {
        var values = Asynchronous(workers, rate, StalenessCorrection.None);
        (values.Count < 100_000).ShouldBe(diverges);
    }

    [Theory]
    [InlineData(4, 0.5, 10)]
    [InlineData(8, 0.2, 4.8)]
    public void Below_the_limit_delay_amplifies_noise(int workers, double rate, double factor) =>
        (Floor(workers, rate, StalenessCorrection.None) / NoiseFloors.KSync(rate, 1, 0.09, 1)).ShouldBe(factor, 0.12 * factor);

    [Theory]
    [InlineData(8, 0.5)]
    [InlineData(16, 0.5)]
    [InlineData(16, 0.2)]
    public void A_staleness_aware_rate_cures_it(int workers, double rate) =>
        Floor(workers, rate, StalenessCorrection.Rate).ShouldBeLessThan(NoiseFloors.KSync(rate, 1, 0.09, 1));

    /// <summary>With the true curvature, delay compensation is serial gradient descent.</summary>
    [Fact]
    public void Delay_compensation_cures_it() =>
        Estimate.OfSeries([.. Asynchronous(16, 0.5, StalenessCorrection.DelayCompensation).Skip(1000)])
            .ShouldAgree(NoiseFloors.KSync(0.5, 1, 0.09, 1), 0.01);

    private static double Floor(int workers, double rate, StalenessCorrection correction) =>
        Asynchronous(workers, rate, correction).Skip(1000).Average();

    private static IReadOnlyList<double> Asynchronous(int workers, double rate, StalenessCorrection correction) =>
        new NoisyQuadratic(rate, 1, 0.3).Asynchronous(new ServiceTimes(new ShiftedExponential(1, 1), workers, Judged.Seed), correction, 100_000, Judged.Seed);
}
