using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Learning.Tests;

public sealed class EpochOrderTests
{
    [Fact]
    public void Every_epoch_uses_every_sample_once() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(BatchScheduleTests.Schedules(), schedule =>
        {
            var order = new EpochOrder(schedule);
            for (var epoch = 0; epoch < 3; epoch++)
            {
                Epoch(schedule, order, epoch).Order().ShouldBe(Enumerable.Range(0, schedule.Samples));
            }
        }));

    [Fact]
    public void Epochs_and_seeds_differ_in_order()
    {
        var orders = new (ulong Seed, int Epoch)[] { (1, 0), (1, 1), (2, 0) }
            .Select(key => Epoch(new BatchSchedule(100, 10, 1, key.Seed, true), key.Epoch)).ToList();
        orders[0].ShouldNotBe(orders[1]);
        orders[0].ShouldNotBe(orders[2]);
        orders[0].ShouldNotBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public void Order_of_an_epoch_does_not_depend_on_what_was_asked_before()
    {
        var schedule = new BatchSchedule(50, 7, 3, seed: 9, shuffle: true);
        var used = new EpochOrder(schedule);
        foreach (var epoch in new[] { 5, 0, 2, 5, 1 })
        {
            Epoch(schedule, used, epoch).ShouldBe(Epoch(schedule, epoch));
        }
    }

    [Fact]
    public void Order_depends_on_neither_batch_size_nor_lanes() =>
        Epoch(new BatchSchedule(50, 7, 3, seed: 9, shuffle: true), 4)
            .ShouldBe(Epoch(new BatchSchedule(50, 20, 8, seed: 9, shuffle: true), 4));

    [Theory]
    [InlineData(10, true)]
    [InlineData(4, false)]
    public void Full_batch_and_no_shuffle_keep_the_natural_order(int batchSize, bool shuffle) =>
        Epoch(new BatchSchedule(10, batchSize, 2, seed: 3, shuffle), epoch: 1).ShouldBe(Enumerable.Range(0, 10));

    [Fact]
    public void Rows_past_the_batch_are_refused()
    {
        var order = new EpochOrder(new BatchSchedule(10, 4, 1, seed: 3, shuffle: true));
        Should.Throw<ArgumentOutOfRangeException>(() => order.Rows(2, 0, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => order.Rows(-1, 0, 1));
    }

    [Fact]
    public void Rows_allocates_nothing()
    {
        var order = new EpochOrder(new BatchSchedule(100, 10, 1, seed: 3, shuffle: true));
        order.Rows(0, 0, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        order.Rows(1, 0, 10);
        order.Rows(10, 0, 10);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static int[] Epoch(BatchSchedule schedule, int epoch) => Epoch(schedule, new EpochOrder(schedule), epoch);

    private static int[] Epoch(BatchSchedule schedule, EpochOrder order, int epoch)
    {
        var samples = new List<int>();
        for (var step = (long)epoch * schedule.StepsPerEpoch; schedule.Epoch(step) == epoch; step++)
        {
            for (var lane = 0; lane < schedule.Lanes; lane++)
            {
                var rows = schedule.LaneRows(step, lane);
                samples.AddRange(order.Rows(step, rows.First, rows.End));
            }
        }

        return [.. samples];
    }
}
