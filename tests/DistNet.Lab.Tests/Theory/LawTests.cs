namespace DistNet.Lab.Tests;

public sealed class LawTests
{
    public static TheoryData<ServiceLaw> Laws =>
        [new ShiftedExponential(0.5, 2), new Lognormal(0, 0.5), new Gaussian(1, 0.2), new ScaledLaw(ShiftedExponential.Unit, 3), new RecordedTimes([4, 1, 3])];

    /// <summary>The integral of the quantile function is the mean.</summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void A_law_has_the_mean_of_its_quantiles(ServiceLaw law)
    {
        const int Points = 200_000;
        Enumerable.Range(0, Points).Average(i => law.Quantile((i + 0.5) / Points)).ShouldBe(law.Mean, 1e-3 * law.Mean);
        law.Quantile(0).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void A_fit_finds_the_law_that_times_were_drawn_from()
    {
        var times = new ServiceTimes(new ShiftedExponential(2, 4), 1, seed: 1);
        var fit = ShiftedExponential.Fit([.. Enumerable.Range(0, 100_000).Select(_ => times.Next(0))]);
        fit.Shift.ShouldBe(2, 1e-3);
        fit.Rate.ShouldBe(4, 0.06);
    }

    [Fact]
    public void A_fit_of_equal_times_is_constant() => ShiftedExponential.Fit([3, 3, 3]).OrderStatistic(8, 8).ShouldBe(3, 1e-6);

    [Fact]
    public void Draws_are_keyed_by_seed_worker_and_number()
    {
        double[] Draw(ulong seed) => [.. Drawn(new ServiceTimes(ShiftedExponential.Unit, 2, seed))];
        Draw(1).ShouldBe(Draw(1));
        Draw(1).ShouldNotBe(Draw(2));
        Draw(1).Distinct().Count().ShouldBe(6);

        static IEnumerable<double> Drawn(ServiceTimes times) => [times.Next(0), times.Next(1), times.Next(0), times.Next(1), times.Next(1), times.Next(0)];
    }
}
