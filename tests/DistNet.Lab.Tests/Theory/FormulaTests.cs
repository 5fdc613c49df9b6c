namespace DistNet.Lab.Tests;

/// <summary>The formulas against figures that were published or worked out by other means.</summary>
public sealed class FormulaTests
{
    private static readonly ShiftedExponential Shifted = new(1, 1);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 2.0833)]
    [InlineData(16, 3.3807)]
    public void Harmonic_numbers(int n, double value) => Harmonic.Number(n).ShouldBe(value, 5e-5);

    [Theory]
    [InlineData(4, 0, 0.2775)]
    [InlineData(4, 1, 1.2775)]
    [InlineData(16, 0, 3.3807)]
    public void K_sync_waits_for_an_order_statistic(int k, double shift, double time) =>
        UpdateTimes.KSync(new(shift, 1), 16, k).ShouldBe(time, 5e-5);

    [Fact]
    public void K_batch_sync_has_a_closed_form_for_exponential_times_only()
    {
        UpdateTimes.KBatchSync(ShiftedExponential.Unit, 16, 4).ShouldBe(0.25);
        UpdateTimes.KBatchSync(ShiftedExponential.Unit, 16, 16).ShouldBe(1);
        UpdateTimes.KBatchSync(Shifted, 16, 4).ShouldBeNull();
        UpdateTimes.KBatchSync(Shifted, 16, 1).ShouldBe(UpdateTimes.KSync(Shifted, 16, 1));
    }

    [Fact]
    public void K_async_equals_k_sync_for_exponential_times_and_has_a_bound_for_others()
    {
        UpdateTimes.KAsync(ShiftedExponential.Unit, 16, 4)!.Value.ShouldBe(0.2775, 5e-5);
        UpdateTimes.KAsync(Shifted, 16, 4).ShouldBeNull();
        UpdateTimes.KAsyncBound(Shifted, 16, 4).ShouldBe(1.2775, 5e-5);
    }

    [Fact]
    public void K_batch_async_needs_the_mean_only()
    {
        UpdateTimes.KBatchAsync(ShiftedExponential.Unit, 16, 4).ShouldBe(0.25);
        UpdateTimes.KBatchAsync(Shifted, 16, 4).ShouldBe(0.5);
        UpdateTimes.KBatchAsync(ShiftedExponential.Unit, 16, 16).ShouldBe(1);
        UpdateTimes.Asynchronous(Shifted, 8).ShouldBe(1 / 4.0);
    }

    /// <summary>With K = 1 all four coincide where times are exponential, and the synchronous two for every shift.</summary>
    [Fact]
    public void With_one_gradient_the_rules_coincide()
    {
        for (var workers = 1; workers <= 20; workers++)
        {
            var time = UpdateTimes.KSync(ShiftedExponential.Unit, workers, 1);
            UpdateTimes.KBatchSync(ShiftedExponential.Unit, workers, 1)!.Value.ShouldBe(time, 1e-12);
            UpdateTimes.KAsync(ShiftedExponential.Unit, workers, 1)!.Value.ShouldBe(time, 1e-12);
            UpdateTimes.KBatchAsync(ShiftedExponential.Unit, workers, 1).ShouldBe(time, 1e-12);
            UpdateTimes.KBatchSync(Shifted, workers, 1).ShouldBe(UpdateTimes.KSync(Shifted, workers, 1));
        }
    }

    [Fact]
    public void Waiting_for_all_costs_a_factor_that_grows_as_a_logarithm()
    {
        UpdateTimes.SynchronousOverAsynchronous(ShiftedExponential.Unit, 16).ShouldBe(54.09, 5e-3);
        UpdateTimes.LossPerGradient(ShiftedExponential.Unit, 16).ShouldBe(3.38, 5e-3);
    }

    [Theory]
    [InlineData(32, 0, 5.058)]
    [InlineData(32, 1, 4.089)]
    [InlineData(32, 2, 3.618)]
    [InlineData(32, 4, 3.091)]
    [InlineData(96, 0, 6.147)]
    [InlineData(96, 4, 4.104)]
    public void Backup_workers_save_the_wait_for_the_slowest(int needed, int spare, double time)
    {
        UpdateTimes.Backup(Shifted, needed + spare, spare).ShouldBe(time, 6e-4);
        BackupWorkers.DiscardedShare(needed, spare).ShouldBe(spare / (double)(needed + spare));
        BackupWorkers.DroppedPerStep(spare).ShouldBe(spare);
    }

    [Theory]
    [InlineData(30, 0.967)]
    [InlineData(15, 1.933)]
    [InlineData(7, 4.143)]
    [InlineData(2, 14.5)]
    [InlineData(1, 29.0)]
    public void Mean_staleness_of_an_update_after_several_gradients(int gradients, double mean) =>
        StalenessLaws.MeanKBatchAsync(30, gradients).ShouldBe(mean, 5e-4);

    [Fact]
    public void Staleness_of_exponential_times_is_geometric()
    {
        StalenessLaws.MeanAsynchronous(8).ShouldBe(7);
        StalenessLaws.GeometricProbability(8, 0).ShouldBe(0.125);
        StalenessLaws.GeometricVariance(8).ShouldBe(56);
        var law = Enumerable.Range(0, 2000).Select(k => (k, p: StalenessLaws.GeometricProbability(8, k))).ToArray();
        law.Sum(row => row.p).ShouldBe(1, 1e-9);
        law.Sum(row => row.k * row.p).ShouldBe(7, 1e-9);
        law.Sum(row => (row.k - 7) * (row.k - 7) * row.p).ShouldBe(56, 1e-8);
        StalenessLaws.SoftSyncGradients(30, 4).ShouldBe(7);
    }

    [Fact]
    public void Asynchrony_begets_momentum()
    {
        ImplicitMomentum.Momentum(4).ShouldBe(0.75);
        ImplicitMomentum.Momentum(16).ShouldBe(0.9375);
        ImplicitMomentum.EffectiveRate(0.05, 4).ShouldBe(0.0125);
    }

    [Theory]
    [InlineData(1, 0.02632)]
    [InlineData(4, 0.00658)]
    [InlineData(16, 0.00164)]
    public void Noise_floor_of_k_sync(int k, double floor)
    {
        NoiseFloors.KSync(0.1, 1, 1, k).ShouldBe(floor, 6e-6);
        (NoiseFloors.KSyncBound(0.1, 1, k) / NoiseFloors.KSync(0.1, 1, 1, k)).ShouldBe(1.9, 1e-12);
    }

    [Fact]
    public void Noise_floors_of_local_and_serial_descent()
    {
        NoiseFloors.LocalSteps(0.1, 1, 0.09, 8).ShouldBe(0.000296, 5e-7);
        NoiseFloors.KSync(0.5, 1, 0.09, 1).ShouldBe(0.01500, 5e-6);
        LocalSgd.CommunicationShare(16).ShouldBe(0.0625);
    }

    [Theory]
    [InlineData(1, 0.6667)]
    [InlineData(1.5, 0.4000)]
    [InlineData(0.1, 0.9744)]
    [InlineData(0, 1)]
    [InlineData(2, 0)]
    public void Elastic_averaging_is_stable_up_to_an_elasticity(double rate, double bound) =>
        ElasticAveraging.GreatestElasticity(rate).ShouldBe(bound, 5e-5);

    [Fact]
    public void Stale_synchronous_bounds()
    {
        new[] { 0, 1, 2, 4, 8 }.Select(StaleSynchronous.GreatestGap).ShouldBe([1, 2, 3, 5, 9]);
        StaleSynchronous.GreatestStaleness(2).ShouldBe(2);

        // Eight workers with D = 1, mu = 1, one of them permanently half as fast.
        StaleSynchronous.ThroughputLimit(8, new ScaledLaw(Shifted, 2).Mean).ShouldBe(2.0);
    }

    [Fact]
    public void A_staleness_aware_rate_is_divided_by_the_age()
    {
        StalenessAwareRate.Of(0.3, 0).ShouldBe(0.3);
        StalenessAwareRate.Of(0.3, 3).ShouldBe(0.1, 1e-15);
    }
}
