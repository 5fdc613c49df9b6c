using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors.Tests;

internal static class Plans
{
    /// <summary>Two layers and three blocks of parameters; 22 samples in four batches of at most six.</summary>
    public static RunPlan Small(int lanes = 2, int servers = 2, float? clipNorm = null, CutPolicy? cuts = null) => new(
        new NetworkSpec(37, [new DenseSpec(41, Activation.Tanh), new DenseSpec(29, Activation.Identity, HasBias: false)], new LossSpec(LossKind.SoftmaxCrossEntropy)),
        new BatchSchedule(samples: 22, batchSize: 6, lanes, seed: 3, shuffle: true),
        lanes,
        servers)
    {
        Seed = 11,
        Initializer = InitializerKind.Xavier,
        Clipping = new ClippingSpec(Norm: clipNorm),
        Epochs = 4,
        Cuts = cuts ?? CutPolicy.Never,
    };

    /// <summary>Where a run of <see cref="Small"/> stands; drained when it is at its horizon.</summary>
    public static Progress Progress(long generation, long version, long samples, long horizon) => new(
        generation, version, samples, 1, 88, 0, 0, 2 * version, default, null, -1, horizon, version >= horizon, IsAtEnd: version == 16);
}
