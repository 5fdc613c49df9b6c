using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class PlanTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(7, 50)]
    [InlineData(300, 4)]
    [InlineData(900, 5)]
    [InlineData(3000, 3)]
    public void Partitions_cover_whole_blocks_and_chunks_cover_every_parameter_once(int width, int servers)
    {
        var network = new NetworkSpec(width, [new DenseSpec(width, Activation.Tanh), new DenseSpec(3, Activation.Identity)], new LossSpec(LossKind.SoftmaxCrossEntropy));
        var layout = new ParameterLayout(network);
        var map = new PartitionMap(layout, servers);
        map.Partitions.Length.ShouldBe(Math.Min(servers, layout.BlockCount));
        map.Partitions.ToArray().Sum(partition => partition.PaddedLength).ShouldBe(layout.PaddedLength);
        map.Partitions.ToArray().ShouldAllBe(partition => partition.Offset % 1024 == 0 && partition.PaddedLength % 1024 == 0 && partition.Length > 0);
        var next = 0;
        foreach (var chunk in map.Chunks.ToArray().OrderBy(chunk => chunk.Offset))
        {
            var band = layout.Bands[chunk.Band];
            var layer = layout.Layers[band.Layer];
            chunk.Length.ShouldBeInRange(1, 64 * 1024);
            chunk.Offset.ShouldBe(Math.Max(next, band.Offset));
            chunk.End.ShouldBeLessThanOrEqualTo(Math.Min(band.End, map.Partitions[chunk.Partition].End));
            chunk.WeightLength.ShouldBe(Math.Clamp(layer.BiasOffset - chunk.Offset, 0, chunk.Length));
            map.ChunksOf(band).ToArray().ShouldContain(chunk);
            next = chunk.End;
        }

        next.ShouldBe(layout.Layers[^1].End);
    }

    [Fact]
    public void Every_lane_has_one_worker_and_loads_differ_by_one_at_most()
    {
        for (var lanes = 1; lanes <= 17; lanes++)
        {
            for (var workers = 1; workers <= 20; workers++)
            {
                var placement = new Placement(1, 0, [.. Enumerable.Range(0, workers).Select(index => new WorkerLife(index * 3, 1))]);
                var ranges = Enumerable.Range(0, workers).Select(position => placement.LanesAt(position, lanes)).ToArray();
                ranges.SelectMany(range => Enumerable.Range(range.First, range.Count)).ShouldBe(Enumerable.Range(0, lanes));
                var sharing = ranges.Where(range => range.Count > 0).ToArray();
                (sharing.Max(range => range.Count) - sharing.Min(range => range.Count)).ShouldBeLessThanOrEqualTo(1);
                Enumerable.Range(0, lanes).ShouldAllBe(lane => placement.LanesOf(placement.HostOf(lane, lanes).Index, lanes).Contains(lane));
            }
        }
    }
}
