namespace DistNet.Lab.Tests;

public sealed class QuadraticTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Noise_floor_of_k_sync(int k) =>
        Estimate.OfSeries([.. new NoisyQuadratic(0.1, 1, 1).LocalSteps(k, 1, 200_000, Judged.Seed).Skip(1000)])
            .ShouldAgree(NoiseFloors.KSync(0.1, 1, 1, k), 0.015);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Noise_floor_of_local_steps_is_that_of_mini_batches(int localSteps) =>
        Estimate.OfSeries([.. new NoisyQuadratic(0.1, 1, 0.3).LocalSteps(8, localSteps, 20_000, Judged.Seed).Skip(200)])
            .ShouldAgree(NoiseFloors.LocalSteps(0.1, 1, 0.09, 8), 0.04);

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Asynchrony_begets_momentum(int workers)
    {
        const double Rate = 0.05;
        var estimates = Enumerable.Range(1, 5)
            .Select(seed => MomentumRegression.Estimate(workers, Rate, runs: 6_000, steps: 60, (ulong)seed)).ToArray();
        Estimate.OfIndependent([.. estimates.Select(e => e.Momentum)]).ShouldAgree(ImplicitMomentum.Momentum(workers), 0.01);
        Estimate.OfIndependent([.. estimates.Select(e => e.Rate)]).ShouldAgree(ImplicitMomentum.EffectiveRate(Rate, workers), 0.01);
    }

    /// <summary>The published figures were found by playing a finite number of turns, so they are a little low: with two workers it is the root of 1/2.</summary>
    [Theory]
    [InlineData(2, 1, 0.704)]
    [InlineData(4, 1, 0.673)]
    [InlineData(8, 1, 0.667)]
    public void Elastic_averaging_in_turns_is_critical_at(int workers, double rate, double elasticity) =>
        ElasticRoundRobin.CriticalElasticity(workers, rate).ShouldBe(elasticity, 0.005 * elasticity);

    [Theory]
    [InlineData(1.5, 0.3999, 0.402)]
    [InlineData(0.1, 0.9742, 0.976)]
    public void With_eight_workers_the_bound_of_elastic_averaging_is_tight(double rate, double decays, double grows)
    {
        ElasticRoundRobin.SpectralRadius(8, rate, decays).ShouldBeLessThan(1);
        ElasticRoundRobin.SpectralRadius(8, rate, grows).ShouldBeGreaterThan(1);
        ElasticRoundRobin.CriticalElasticity(8, rate).ShouldBeGreaterThanOrEqualTo(ElasticAveraging.GreatestElasticity(rate) - 1e-6);
    }
}
