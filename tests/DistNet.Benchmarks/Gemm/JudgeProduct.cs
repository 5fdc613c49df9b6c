using DistNet.Bench;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>The product of the plain judge.</summary>
internal sealed unsafe class JudgeProduct(ProductData data) : IProduct
{
    private readonly AlignedBuffer _c = new(data.Shape.M * data.Shape.N);

    public Matrix C => new(_c.Pointer, data.Shape.M, data.Shape.N);

    public void Multiply() => ReferenceGemm.Multiply(data.A, data.Shape.TransposeA, data.B, data.Shape.TransposeB, C, false);

    public void Dispose() => _c.Dispose();
}
