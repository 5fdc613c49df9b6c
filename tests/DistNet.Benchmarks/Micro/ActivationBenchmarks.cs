using BenchmarkDotNet.Attributes;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>An activation and its slope on a layer's rows, 128 x 512.</summary>
public class ActivationBenchmarks
{
    private readonly float[] _inputs = new float[128 * 512];
    private readonly float[] _values = new float[128 * 512];
    private ActivationFunction? _function;

    [Params(Activation.Relu, Activation.Sigmoid, Activation.Gelu)]
    public Activation Activation { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Luck.Key(1, LuckPurpose.Generator).Uniform(0, _inputs);
        _function = ActivationFunction.Of(Activation);
    }

    [Benchmark]
    public void Apply() => _function!.Apply(_inputs, _values);

    [Benchmark]
    public void MultiplyBySlope() => _function!.MultiplyBySlope(_inputs, _values);
}
