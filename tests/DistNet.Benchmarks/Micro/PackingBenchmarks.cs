using BenchmarkDotNet.Attributes;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>Packing the weights of a layer, 784 x 512, as the right side of a product: as stored (forward) and transposed (data gradient).</summary>
public unsafe class PackingBenchmarks
{
    private const int Inputs = 784;
    private const int Units = 512;

    private AlignedBuffer? _weights;
    private PackedMatrix? _packed;

    [Params(false, true)]
    public bool Transposed { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _weights = new AlignedBuffer(Inputs * Units);
        _packed = Transposed ? new PackedMatrix(Units, Inputs) : new PackedMatrix(Inputs, Units);
        Luck.Key(1, LuckPurpose.Generator).Uniform(0, _weights.Span);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _weights!.Dispose();
        _packed!.Dispose();
    }

    [Benchmark]
    public void Pack() => _packed!.Pack(new Matrix(_weights!.Pointer, Inputs, Units), Transposed);
}
