using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>A network, its batch and its data: what a training step is measured on.</summary>
/// <param name="Widths">From the inputs to the outputs; hidden layers are ReLU. One output is trained by sigmoid cross-entropy, more by softmax.</param>
/// <param name="Batch">Samples of a global batch.</param>
public sealed record StepNetwork(IReadOnlyList<int> Widths, int Batch)
{
    /// <summary>Batches of the data set: an epoch is short, and the data of a small network fit in a cache as they would in practice.</summary>
    public const int Batches = 20;

    private const ulong Seed = 1;

    /// <summary>Two layers of hundreds of units: the products are the cost.</summary>
    public static StepNetwork Large { get; } = new([784, 512, 256, 10], 128);

    public static StepNetwork Medium { get; } = new([784, 128, 10], 64);

    /// <summary>So small that everything but arithmetic is the cost.</summary>
    public static StepNetwork Tiny { get; } = new([30, 20, 10, 5, 1], 32);

    public static IReadOnlyList<StepNetwork> All { get; } = [Large, Medium, Tiny];

    public string Name => string.Join('-', Widths);

    /// <summary>Floating-point operations in the products of one step: forward, weight gradient, and data gradient but for the first layer.</summary>
    public double Work
    {
        get
        {
            var products = Widths.Zip(Widths.Skip(1), (inputs, units) => 2.0 * Batch * inputs * units).ToArray();
            return (3 * products.Sum()) - products[0];
        }
    }

    private int Classes => Math.Max(2, Widths[^1]);

    /// <summary>The run that <c>train</c> would plan, without end, tests and cuts.</summary>
    internal RunPlan Plan(DataSet data, int workers, int lanes)
    {
        var options = new TrainingOptions
        {
            Hidden = [.. Widths.Skip(1).SkipLast(1)],
            Loss = Widths[^1] == 1 ? LossKind.SigmoidCrossEntropy : LossKind.SoftmaxCrossEntropy,
            Batch = Batch,
            Workers = workers,
            Servers = 1,
            Lanes = lanes,
            Epochs = null,
            Steps = int.MaxValue,
            Seed = Seed,
            LearningRate = 0.01f,
        };
        return RunPlanner.Plan(options, DataSummary.Of(new LoadedData(data, null, Scaling.Fit(ScalingKind.None, data)))) with { Cuts = CutPolicy.Never };
    }

    /// <summary>
    /// Uniform features and classes, the same in every run. Features are in [-1, 1), centred: on positive ones many units die, and their
    /// velocities decay to denormal numbers, with which processors are several times slower.
    /// </summary>
    internal DataSet Data()
    {
        var samples = Batches * Batch;
        var features = new float[samples * Widths[0]];
        CentredLuck.Fill(0, features);
        var labels = new int[samples];
        var luck = Luck.Key(Seed, LuckPurpose.Generator, 1);
        for (var i = 0; i < samples; i++)
        {
            labels[i] = luck.Below((ulong)i, Classes);
        }

        var names = Enumerable.Range(0, Classes).Select(index => $"{index}").ToArray();
        return new DataSet(new DataSetInfo("synthetic", Widths[0], names, [Widths[0]]), features, labels);
    }
}
