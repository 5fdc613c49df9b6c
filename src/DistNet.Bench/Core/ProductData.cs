using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>The two factors of a product in memory, uniform in [-1, 1), the same in every run. Results belong to the sides.</summary>
internal sealed class ProductData : IDisposable
{
    private readonly AlignedBuffer _a;
    private readonly AlignedBuffer _b;

    public ProductData(ProductShape shape)
    {
        Shape = shape;
        _a = Random(shape.M * shape.K, 1);
        _b = Random(shape.K * shape.N, 2);
    }

    public ProductShape Shape { get; }

    /// <summary>[M, K], or [K, M] where it is stored transposed.</summary>
    public unsafe Matrix A => Shape.TransposeA ? new(_a.Pointer, Shape.K, Shape.M) : new(_a.Pointer, Shape.M, Shape.K);

    /// <summary>[K, N], or [N, K] where it is stored transposed.</summary>
    public unsafe Matrix B => Shape.TransposeB ? new(_b.Pointer, Shape.N, Shape.K) : new(_b.Pointer, Shape.K, Shape.N);

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    private static AlignedBuffer Random(int length, uint which)
    {
        var buffer = new AlignedBuffer(length);
        CentredLuck.Fill(which, buffer.Span);
        return buffer;
    }
}
