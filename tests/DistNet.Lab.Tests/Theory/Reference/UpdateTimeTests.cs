namespace DistNet.Lab.Tests;

/// <summary>The judge itself, against closed forms where there are any and published simulations where there are none.</summary>
public sealed class UpdateTimeTests
{
    private const int Workers = 16;

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    [InlineData(16, 0)]
    public void K_sync(int k, double shift) =>
        Estimate.OfSeries(Judged.Play(new KSyncReference(k), Workers, shift, 40_000).Intervals)
            .ShouldAgree(UpdateTimes.KSync(new(shift, 1), Workers, k));

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void K_batch_sync(int k) =>
        Estimate.OfSeries(Judged.Play(new KBatchSyncReference(k), Workers, 0, 40_000).Intervals)
            .ShouldAgree(UpdateTimes.KBatchSync(ShiftedExponential.Unit, Workers, k)!.Value);

    [Fact]
    public void K_batch_sync_with_a_shift() =>
        Judged.Play(new KBatchSyncReference(4), Workers, 1, 40_000).TimePerUpdate.ShouldBe(1.2778, 0.01 * 1.2778);

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void K_async(int k) =>
        Estimate.OfSeries(Judged.Play(new KAsyncReference(k), Workers, 0, 40_000).Intervals)
            .ShouldAgree(UpdateTimes.KAsync(ShiftedExponential.Unit, Workers, k)!.Value);

    [Fact]
    public void K_async_with_a_shift_keeps_below_its_bound()
    {
        var time = Judged.Play(new KAsyncReference(4), Workers, 1, 40_000).TimePerUpdate;
        time.ShouldBe(0.5517, 0.01 * 0.5517);
        time.ShouldBeLessThan(UpdateTimes.KAsyncBound(new(1, 1), Workers, 4));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    [InlineData(16, 0)]
    public void K_batch_async(int k, double shift) =>
        Estimate.OfSeries(Judged.Play(new KBatchAsyncReference(k), Workers, shift, 40_000).Intervals)
            .ShouldAgree(UpdateTimes.KBatchAsync(new ShiftedExponential(shift, 1), Workers, k));

    [Theory]
    [InlineData(32, 0)]
    [InlineData(32, 4)]
    [InlineData(96, 4)]
    public void Backup_workers(int needed, int spare)
    {
        // Spare workers cut the law's tail off: with four the times hardly deviate.
        var updates = spare == 0 ? 20_000 : 5_000;
        var trace = Judged.Play(new KSyncReference(needed), needed + spare, 1, updates);
        Estimate.OfSeries(trace.Intervals).ShouldAgree(UpdateTimes.Backup(new(1, 1), needed + spare, spare));
        trace.Dropped.ShouldBe(updates * (long)BackupWorkers.DroppedPerStep(spare));
        trace.MeanStaleness.ShouldBe(0);
    }

    [Fact]
    public void Local_steps_wait_once_for_several()
    {
        var once = Judged.Play(new LocalStepsReference(1), 8, 1, 20_000);
        Estimate.OfSeries(once.Intervals).ShouldAgree(UpdateTimes.BulkSynchronous(new(1, 1), 8));
        var times = Judged.Play(new LocalStepsReference(16), 8, 1, 2_000);
        times.Applied.ShouldBe(2_000L * 16 * 8);
        times.GradientRate.ShouldBeInRange(1.3 * once.GradientRate, 4.0);
    }

    [Fact]
    public void An_exchange_is_added_to_every_gradient()
    {
        ServiceLaw[] constant = [new ShiftedExponential(2, 1e12), new ShiftedExponential(2, 1e12)];
        new KSyncReference(2).Run(new ServiceTimes(constant, 1, exchange: 0.5), 10).TimePerUpdate.ShouldBe(2.5, 1e-6);
        new KBatchAsyncReference(1).Run(new ServiceTimes(constant, 1, exchange: 0.5), 10, 10).TimePerUpdate.ShouldBe(1.25, 1e-6);
        new LocalStepsReference(3).Run(new ServiceTimes(constant, 1, exchange: 0.5), 10).TimePerUpdate.ShouldBe(6.5, 1e-6);
    }
}
