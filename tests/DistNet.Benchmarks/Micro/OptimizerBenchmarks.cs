using BenchmarkDotNet.Attributes;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>Preparing a gradient and applying it, on the weights of a layer, 784 x 512.</summary>
public class OptimizerBenchmarks
{
    private const int Length = 784 * 512;

    private readonly float[] _weights = new float[Length];
    private readonly float[] _gradient = new float[Length];
    private readonly float[] _newWeights = new float[Length];
    private readonly float[][] _slots = [new float[Length], new float[Length]];
    private readonly UpdateContext _context = new(Rate: 0.01f, Step: 1);
    private Optimizer? _optimizer;

    [Params(OptimizerKind.Sgd, OptimizerKind.Momentum, OptimizerKind.Adam)]
    public OptimizerKind Kind { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Luck.Key(1, LuckPurpose.Generator).Uniform(0, _gradient);
        _optimizer = Optimizer.Create(new OptimizerSpec(Kind));
    }

    [Benchmark]
    public void Prepare() => GradientPreparation.BeforeNorm(_gradient, _gradient, samples: 1, ClippingSpec.None);

    [Benchmark]
    public void Apply() => _optimizer!.Apply(_weights, _gradient, _newWeights, Slot(0), Slot(1), _context);

    private Span<float> Slot(int index) => index < _optimizer!.SlotCount ? _slots[index] : default;
}
