using DistNet.Actors;
using DistNet.Numerics;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

public sealed class PlanGuardTests : IDisposable
{
    private static readonly RunPlan Plan = Plans.Small;

    private readonly TensorPool _pool = new(recycle: false);
    private readonly PlanGuard _guard = new(Plan);

    [Fact]
    public void What_fits_passes()
    {
        for (var chunk = 0; chunk < Plan.Map.Chunks.Length; chunk++)
        {
            Check(PushOf(chunk, TreeNode.Leaf(Plan.Lanes - 1)));
        }

        Check(PushOf(0, new TreeNode(2, 0)));
        Check(ParametersOf(1, Plan.Map.Partitions[1].PaddedLength));
        Check(new Held(0, 1, new UnitId(3, 0, 0), 0, 1, 0, null));
        Check(new Horizon(0, 5));
    }

    [Fact]
    public void Partitions_chunks_and_lanes_that_the_run_does_not_have_are_refused()
    {
        var beyond = Plan.Map.Partitions.Length;
        ShouldBeRefused(PushOf(Plan.Map.Chunks.Length, TreeNode.Leaf(0), length: 5));
        ShouldBeRefused(PushOf(0, TreeNode.Leaf(Plan.Lanes)));
        ShouldBeRefused(PushOf(0, new TreeNode(3, 0)));
        ShouldBeRefused(ParametersOf(beyond, 5));
        ShouldBeRefused(new Final(0, beyond, ApplyLog.Empty, Tensor(5)));
        ShouldBeRefused(new CutPart(0, beyond, ApplyLog.Empty, 0, 1, Tensor(5)));
        ShouldBeRefused(new FetchCut(0, beyond, 0));
        ShouldBeRefused(new Held(0, beyond, default, 0, 1, 0, null));
        ShouldBeRefused(new Held(0, 0, new UnitId(Plan.Lanes, 0, 0), 0, 1, 0, null));
        ShouldBeRefused(new Applied(0, beyond, 0, 0));
        ShouldBeRefused(new Rewound(0, beyond, true, 0));
        ShouldBeRefused(new Marked(0, beyond, 0));
        ShouldBeRefused(new Cut(0, beyond, 0));
    }

    [Fact]
    public void Tensors_of_another_length_are_refused()
    {
        var partition = Plan.Map.Partitions[0].PaddedLength;
        foreach (var length in new[] { 1, partition - 1, partition + 1 })
        {
            ShouldBeRefused(ParametersOf(0, length));
            ShouldBeRefused(new Final(0, 0, ApplyLog.Empty, Tensor(length)));
            ShouldBeRefused(new CutPart(0, 0, ApplyLog.Empty, 0, 1, Tensor(length)));
        }

        ShouldBeRefused(PushOf(0, TreeNode.Leaf(0), Plan.Map.Chunks[0].Length - 1));
        ShouldBeRefused(PushOf(0, TreeNode.Leaf(0), Plan.Map.Chunks[0].Length + 1));
    }

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    private TensorSlice Tensor(int length) => _pool.Rent(length).All;

    private Push PushOf(int chunk, TreeNode node, int? length = null) =>
        new(0, chunk, node, 0, 0, 0, 1, 0, Tensor(length ?? Plan.Map.Chunks[chunk].Length));

    private Parameters ParametersOf(int partition, int length) => new(0, 1, 0, partition, default, Tensor(length), null, false);

    private void ShouldBeRefused<T>(T message)
        where T : struct, IMessage => Should.Throw<WireException>(() => Check(message)).Message.ShouldContain("worker-1 sent");

    private void Check<T>(T message)
        where T : struct, IMessage
    {
        var envelope = Envelope<T>.Rent(ActorId.Worker(1), 1, ActorId.Server(0), message);
        try
        {
            _guard.Check(envelope);
        }
        finally
        {
            LinkQueue.Discard(envelope);
        }
    }
}
