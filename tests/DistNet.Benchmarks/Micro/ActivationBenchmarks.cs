using BenchmarkDotNet.Attributes;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>An activation and its slope on a layer's rows, 128 x 512.</summary>
public unsafe class ActivationBenchmarks
{
    private const int Rows = 128;
    private const int Units = 512;
    private readonly AlignedBuffer _inputs = new(Rows * Units);
    private readonly AlignedBuffer _values = new(Rows * Units);
    private ActivationFunction? _function;

    [Params(Activation.Relu, Activation.Sigmoid, Activation.Gelu)]
    public Activation Activation { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Luck.Key(1, LuckPurpose.Generator).Uniform(0, _inputs.Span);
        _function = ActivationFunction.Of(Activation);
    }

    [Benchmark]
    public void Apply() => _function!.Apply(Block(_inputs), Block(_values));

    [Benchmark]
    public void MultiplyBySlope() => _function!.MultiplyBySlope(Block(_inputs), Block(_values));

    private static Matrix Block(AlignedBuffer buffer) => new(buffer.Pointer, Rows, Units);
}
