using DistNet.Numerics;

namespace DistNet.Lab.Tests;

public sealed class StatisticsTests
{
    private const ulong Seed = 3;

    [Fact]
    public void A_standard_error_of_independent_values()
    {
        var estimate = Estimate.OfIndependent([1.0, 2, 3, 4]);
        estimate.Mean.ShouldBe(2.5);
        estimate.StandardError.ShouldBe(Math.Sqrt(5.0 / 3 / 4), 1e-12);

        // Student's t at 97.5 % with 3 degrees of freedom: 3.182.
        estimate.HalfWidth().ShouldBe(3.182 * estimate.StandardError, 1e-3);
    }

    /// <summary>x_t = r x_(t-1) + e: the variance of its mean is (1 + r) / (1 - r) times that of independent values.</summary>
    [Fact]
    public void Batch_means_see_that_neighbours_depend_on_each_other()
    {
        const double R = 0.9;
        const int Length = 200_000;
        var luck = Luck.Key(Seed, LuckPurpose.Laboratory);
        var series = new double[Length];
        for (var t = 1; t < Length; t++)
        {
            series[t] = (R * series[t - 1]) + luck.Normal((ulong)t);
        }

        var exact = 1 / ((1 - R) * Math.Sqrt(Length));
        Estimate.OfSeries(series).StandardError.ShouldBe(exact, 0.5 * exact, $"seed {Seed}");
        Estimate.OfIndependent(series).StandardError.ShouldBeLessThan(exact / 3);
    }

    [Fact]
    public void Four_standard_errors_hold_the_mean_of_a_thousand_samples()
    {
        var luck = Luck.Key(Seed, LuckPurpose.Laboratory, 1);
        for (var sample = 0; sample < 200; sample++)
        {
            var estimate = Estimate.OfSeries([.. Enumerable.Range(0, 640).Select(i => (double)luck.Normal((ulong)((sample * 640) + i)))]);
            Math.Abs(estimate.Mean).ShouldBeLessThan(4.5 * estimate.StandardError, $"sample {sample}, seed {Seed}");
        }
    }

    [Fact]
    public void The_bootstrap_of_a_mean_agrees_with_its_formula()
    {
        var luck = Luck.Key(Seed, LuckPurpose.Laboratory, 2);
        double[] values = [.. Enumerable.Range(0, 200).Select(i => (double)luck.Normal((ulong)i))];
        var replicates = Bootstrap.Replicate(values, sample => sample.Average(), 2000, Seed);
        var (low, high) = Bootstrap.Interval(replicates);
        var estimate = Estimate.OfIndependent(values);
        (high - low).ShouldBe(2 * 1.96 * estimate.StandardError, 0.1 * (high - low));
        replicates.ShouldBe(Bootstrap.Replicate(values, sample => sample.Average(), 2000, Seed));
    }

    [Fact]
    public void A_spread_over_seeds_leaves_out_those_without_the_figure()
    {
        SeedSpread.Of([3, null, 1, 2, 6])!.ShouldBe(new SeedSpread(4, 2.5, 1, 6, 3, Math.Sqrt(14.0 / 3)));
        SeedSpread.Of([null, null]).ShouldBeNull();
        SeedSpread.Of([5])!.Deviation.ShouldBe(0);
    }
}
