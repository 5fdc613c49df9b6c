using DistNet.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Learning.Tests;

public sealed class BatchScheduleTests
{
    [Fact]
    public void Last_batch_of_an_epoch_is_short()
    {
        var schedule = new BatchSchedule(samples: 10, batchSize: 4, lanes: 2, seed: 1, shuffle: true);
        schedule.StepsPerEpoch.ShouldBe(3);
        Enumerable.Range(0, 6).Select(step => schedule.BatchLength(step)).ShouldBe([4, 4, 2, 4, 4, 2]);
        Enumerable.Range(0, 6).Select(step => schedule.Epoch(step)).ShouldBe([0, 0, 0, 1, 1, 1]);
        Enumerable.Range(0, 6).Select(step => schedule.BatchIndex(step)).ShouldBe([0, 1, 2, 0, 1, 2]);
        Enumerable.Range(0, 6).Select(step => schedule.SamplesBefore(step)).ShouldBe([0, 4, 8, 10, 14, 18]);
    }

    [Fact]
    public void Batch_that_divides_the_samples_leaves_no_short_one()
    {
        var schedule = new BatchSchedule(samples: 8, batchSize: 4, lanes: 1, seed: 1, shuffle: true);
        schedule.StepsPerEpoch.ShouldBe(2);
        schedule.BatchLength(1).ShouldBe(4);
    }

    [Fact]
    public void Lanes_get_the_rows_of_the_formula()
    {
        var schedule = new BatchSchedule(samples: 10, batchSize: 10, lanes: 4, seed: 1, shuffle: false);
        Enumerable.Range(0, 4).Select(lane => schedule.LaneRows(0, lane))
            .ShouldBe([new RowRange(0, 2), new RowRange(2, 5), new RowRange(5, 7), new RowRange(7, 10)]);
    }

    [Fact]
    public void More_lanes_than_rows_leaves_lanes_empty()
    {
        var schedule = new BatchSchedule(samples: 2, batchSize: 2, lanes: 5, seed: 1, shuffle: false);
        Enumerable.Range(0, 5).Count(lane => schedule.IsEmpty(0, lane)).ShouldBe(3);
    }

    [Fact]
    public void Lanes_partition_every_batch_evenly() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Schedules(), schedule =>
    {
        for (var step = 0; step < schedule.StepsPerEpoch; step++)
        {
            var lanes = Enumerable.Range(0, schedule.Lanes).Select(lane => schedule.LaneRows(step, lane)).ToList();
            lanes[0].First.ShouldBe(0);
            lanes[^1].End.ShouldBe(schedule.BatchLength(step));
            lanes.Zip(lanes.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.First);
            (lanes.Max(rows => rows.Count) - lanes.Min(rows => rows.Count)).ShouldBeLessThanOrEqualTo(1);
        }
    }));

    [Fact]
    public void Nodes_have_the_rows_of_their_lanes() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Schedules(), schedule =>
    {
        var root = new SummationTree(schedule.Lanes).Root;
        schedule.NodeRows(0, root).ShouldBe(new RowRange(0, schedule.BatchLength(0)));
        for (var level = 0; level <= root.Level; level++)
        {
            for (var index = 0; index < 1 << (root.Level - level); index++)
            {
                var node = new TreeNode(level, index);
                var lanes = Enumerable.Range(node.First, node.End - node.First).Where(lane => lane < schedule.Lanes);
                schedule.NodeRows(0, node).Count.ShouldBe(lanes.Sum(lane => schedule.LaneRows(0, lane).Count));
            }
        }
    }));

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(10, 0, 1)]
    [InlineData(10, 11, 1)]
    [InlineData(10, 5, 0)]
    public void Numbers_out_of_range_are_refused(int samples, int batchSize, int lanes) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchSchedule(samples, batchSize, lanes, 1, true));

    [Fact]
    public void A_lane_that_does_not_exist_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchSchedule(4, 4, 2, 1, true).LaneRows(0, 2));

    internal static Arbitrary<BatchSchedule> Schedules() => Arb.From(
        from samples in Gen.Choose(1, 60)
        from batch in Gen.Choose(1, samples)
        from lanes in Gen.Choose(1, 20)
        from seed in Gen.Choose(0, 1000)
        select new BatchSchedule(samples, batch, lanes, (ulong)seed, shuffle: true));
}
