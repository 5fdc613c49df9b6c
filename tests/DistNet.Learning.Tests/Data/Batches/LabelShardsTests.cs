using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Learning.Tests;

public sealed class LabelShardsTests
{
    [Fact]
    public void Every_epoch_uses_every_sample_once() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(BatchScheduleTests.Schedules(), drawn =>
        {
            var schedule = ByLabel(drawn.Samples, drawn.BatchSize, drawn.Lanes, drawn.Seed);
            var order = new EpochOrder(schedule, [.. Enumerable.Range(0, schedule.Samples).Select(sample => sample % 3)]);
            for (var epoch = 0; epoch < 3; epoch++)
            {
                Enumerable.Range(0, schedule.Lanes).SelectMany(lane => Lane(schedule, order, epoch, lane)).Order().ShouldBe(Enumerable.Range(0, schedule.Samples));
            }
        }));

    [Fact]
    public void Lanes_have_the_same_consecutive_labels_in_every_epoch()
    {
        var schedule = ByLabel(samples: 40, batch: 8, lanes: 4, seed: 1);
        int[] labels = [.. Enumerable.Range(0, 40).Select(sample => sample % 4)];
        var order = new EpochOrder(schedule, labels);
        for (var lane = 0; lane < 4; lane++)
        {
            Lane(schedule, order, 0, lane).ShouldAllBe(sample => labels[sample] == lane);
            Lane(schedule, order, 7, lane).Order().ShouldBe(Lane(schedule, order, 0, lane).Order());
        }
    }

    [Fact]
    public void Epochs_and_lanes_differ_in_order()
    {
        var schedule = ByLabel(samples: 40, batch: 4, lanes: 2, seed: 1);
        var order = new EpochOrder(schedule, new int[40]);
        var first = Lane(schedule, order, 0, 0);
        Lane(schedule, order, 1, 0).ShouldNotBe(first);
        Lane(schedule, order, 0, 1).Select(sample => sample - 20).ShouldNotBe(first);
    }

    [Fact]
    public void One_batch_of_all_samples_keeps_the_order_by_label()
    {
        var schedule = ByLabel(samples: 4, batch: 4, lanes: 2, seed: 1);
        new EpochOrder(schedule, [1, 0, 1, 0]).Rows(0, 0, 4).ToArray().ShouldBe([1, 3, 0, 2]);
    }

    [Fact]
    public void Labels_are_needed() => Should.Throw<ArgumentNullException>(() => new EpochOrder(ByLabel(4, 2, 2, 1)));

    private static BatchSchedule ByLabel(int samples, int batch, int lanes, ulong seed) =>
        new(samples, batch, lanes, seed, shuffle: true) { Sharding = Sharding.ByLabel };

    private static List<int> Lane(BatchSchedule schedule, EpochOrder order, int epoch, int lane)
    {
        var samples = new List<int>();
        for (var step = (long)epoch * schedule.StepsPerEpoch; schedule.Epoch(step) == epoch; step++)
        {
            var rows = schedule.LaneRows(step, lane);
            samples.AddRange(order.Rows(step, rows.First, rows.End));
        }

        return samples;
    }
}
