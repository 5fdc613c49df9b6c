using System.Diagnostics;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>A product to time: C [M, N] = op(A) op(B), K deep.</summary>
internal sealed record Shape(string Name, int M, int N, int K, bool TransposeA, bool TransposeB)
{
    public double Operations => 2.0 * M * N * K;
}

/// <summary>The operands of one <see cref="Shape"/> in memory, and the time of products of them.</summary>
internal sealed unsafe class GemmProduct : IDisposable
{
    private readonly Shape _shape;
    private readonly AlignedBuffer _a;
    private readonly AlignedBuffer _b;
    private readonly AlignedBuffer _c;

    public GemmProduct(Shape shape)
    {
        _shape = shape;
        _a = Random(shape.M * shape.K, 1);
        _b = Random(shape.K * shape.N, 2);
        _c = new AlignedBuffer(shape.M * shape.N);
    }

    private Matrix A => _shape.TransposeA ? new(_a.Pointer, _shape.K, _shape.M) : new(_a.Pointer, _shape.M, _shape.K);

    private Matrix B => _shape.TransposeB ? new(_b.Pointer, _shape.N, _shape.K) : new(_b.Pointer, _shape.K, _shape.N);

    private Matrix C => new(_c.Pointer, _shape.M, _shape.N);

    public double Seconds(GemmKernel kernel, int times)
    {
        using var workspace = new GemmWorkspace(ComputeTeam.Alone, kernel);
        var product = new MatrixProduct { A = A, TransposeA = _shape.TransposeA, B = B, TransposeB = _shape.TransposeB, C = C };
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            Gemm.Multiply(product, workspace);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public double JudgeSeconds(int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            ReferenceGemm.Multiply(A, _shape.TransposeA, B, _shape.TransposeB, C, false);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    private static AlignedBuffer Random(int length, uint key)
    {
        var buffer = new AlignedBuffer(length);
        Luck.Key(1, LuckPurpose.Generator, key).Uniform(0, buffer.Span);
        return buffer;
    }
}
