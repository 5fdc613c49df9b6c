using DistNet.Numerics;

namespace DistNet.Learning.Tests;

/// <summary>A network with random parameters, random data, and its compute.</summary>
internal sealed unsafe class NetworkFixture : IDisposable
{
    public const int Samples = 64;
    private readonly AlignedBuffer _parameters;
    private readonly LocalWeights _weights;

    public NetworkFixture(NetworkSpec spec, int maxRows = Samples, ulong seed = 5)
    {
        Spec = spec;
        Layout = new ParameterLayout(spec);
        _parameters = new AlignedBuffer(Layout.PaddedLength);
        var key = Luck.Key(seed, LuckPurpose.Initialisation, 99);
        for (var i = 0; i < Layout.Length; i++)
        {
            _parameters.Span[i] = key.Normal((ulong)i) * 0.5f;
        }

        _weights = new LocalWeights(Layout);
        Compute = new NetworkCompute(spec, Layout, maxRows);
        Data = RandomData(spec, seed);
    }

    public NetworkSpec Spec { get; }

    public ParameterLayout Layout { get; }

    public NetworkCompute Compute { get; }

    public DataSet Data { get; }

    public float* Parameters => _parameters.Pointer;

    /// <summary>The parameters as they are now.</summary>
    public NetworkWeights Weights
    {
        get
        {
            _weights.Begin(Parameters);
            return _weights;
        }
    }

    public double[] DoubleParameters => [.. _parameters.Span[..Layout.Length].ToArray().Select(x => (double)x)];

    public static NetworkSpec Spec3(
        Activation activation = Activation.Tanh,
        LossKind loss = LossKind.SoftmaxCrossEntropy,
        bool bias = true,
        float dropout = 0,
        int outputs = 3) =>
        new(7, [new(19, activation, bias, dropout), new(5, activation, bias, dropout), new(outputs, Activation.Identity, bias)], new(loss));

    public static double[] Doubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), x => (double)x);

    /// <summary>Trains one step on <paramref name="samples"/>, split into lanes from <paramref name="firstLane"/> on, for one node.</summary>
    public (float[] Gradient, SampleSums Sums) Node(TreeNode node, int[] samples, int firstLane, int[] bounds, TrainingStep? step = null)
    {
        using var gradient = new GradientVectors(Layout);
        var sums = new SampleSums[1];
        Compute.Gather(Data, samples);
        Compute.Forward(Weights, step).ShouldBeTrue();
        Compute.Backward(new LaneRows(firstLane, bounds), [node], sums, gradient).ShouldBeTrue();
        return (gradient[0].ToArray(), sums[0]);
    }

    public void Dispose()
    {
        Compute.Dispose();
        _weights.Dispose();
        _parameters.Dispose();
    }

    private static DataSet RandomData(NetworkSpec spec, ulong seed)
    {
        var key = Luck.Key(seed, LuckPurpose.Generator);
        var classes = Math.Max(2, spec.Outputs);
        var values = Enumerable.Range(0, Samples * spec.Inputs).Select(i => key.Normal((ulong)i)).ToArray();
        var labels = Enumerable.Range(0, Samples).Select(i => Luck.Key(seed, LuckPurpose.Generator, 1).Below((ulong)i, classes)).ToArray();
        string[] names = [.. Enumerable.Range(0, classes).Select(i => $"c{i}")];
        return new DataSet(new DataSetInfo("random", spec.Inputs, names, [spec.Inputs]), values, labels);
    }
}
