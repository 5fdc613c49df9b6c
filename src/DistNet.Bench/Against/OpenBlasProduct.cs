using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>A product by OpenBLAS.</summary>
internal sealed unsafe class OpenBlasProduct : IProduct
{
    private const int RowMajor = 101;
    private const int AsStored = 111;
    private const int Transposed = 112;

    private readonly OpenBlas _library;
    private readonly ProductData _data;
    private readonly AlignedBuffer _c;

    public OpenBlasProduct(OpenBlas library, ProductData data, int threads)
    {
        _library = library;
        _data = data;
        _c = new AlignedBuffer(data.Shape.M * data.Shape.N);
        library.SetThreads(threads);
    }

    public Matrix C => new(_c.Pointer, _data.Shape.M, _data.Shape.N);

    public void Multiply()
    {
        var (shape, a, b, c) = (_data.Shape, _data.A, _data.B, C);
        _library.Sgemm(
            RowMajor,
            shape.TransposeA ? Transposed : AsStored,
            shape.TransposeB ? Transposed : AsStored,
            shape.M,
            shape.N,
            shape.K,
            1,
            a.Pointer,
            a.Stride,
            b.Pointer,
            b.Stride,
            0,
            c.Pointer,
            c.Stride);
    }

    public void Dispose() => _c.Dispose();
}
