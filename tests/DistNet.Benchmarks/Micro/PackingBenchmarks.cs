using BenchmarkDotNet.Attributes;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>Packing the weights of a layer, 784 x 512, as the right side of a product: as stored (forward) and transposed (data gradient).</summary>
public unsafe class PackingBenchmarks
{
    private const int Inputs = 784;
    private const int Units = 512;

    private readonly int _width = GemmKernel.Supported[0].TileColumns;
    private AlignedBuffer? _weights;
    private AlignedBuffer? _packed;

    [Params(false, true)]
    public bool Transposed { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _weights = new AlignedBuffer(Inputs * Units);
        _packed = new AlignedBuffer(2 * Inputs * Units);
        Luck.Key(1, LuckPurpose.Generator).Uniform(0, _weights.Span);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _weights!.Dispose();
        _packed!.Dispose();
    }

    [Benchmark]
    public void Pack()
    {
        var right = new GemmOperand(new Matrix(_weights!.Pointer, Inputs, Units), depthIsRows: !Transposed);
        GemmPacking.Pack(right, 0, right.Width, 0, right.Depth, _width, _packed!.Pointer);
    }
}
