using DistNet.Actors;
using DistNet.Learning;

namespace DistNet.Cluster.Tests;

internal static class Plans
{
    /// <summary>Two partitions, four lanes.</summary>
    public static readonly RunPlan Small = new(
        new NetworkSpec(40, [new DenseSpec(60, Activation.Relu), new DenseSpec(3, Activation.Identity)], new LossSpec(LossKind.SoftmaxCrossEntropy)),
        new BatchSchedule(600, batchSize: 10, lanes: 4, seed: 5, shuffle: true),
        lanes: 4,
        servers: 2);
}
