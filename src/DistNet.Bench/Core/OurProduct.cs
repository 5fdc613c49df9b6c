using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>
/// The product of DistNet.Numerics. More threads take parts of the rows of C, each with packing memory of its own.
/// </summary>
internal sealed unsafe class OurProduct : IProduct
{
    private readonly ProductData _data;
    private readonly AlignedBuffer _c;
    private readonly GemmScratch[] _scratch;
    private readonly Action<int> _multiplyPart;

    public OurProduct(ProductData data, int threads)
    {
        _data = data;
        _c = new AlignedBuffer(data.Shape.M * data.Shape.N);
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new GemmScratch())];
        _multiplyPart = MultiplyPart;
    }

    public Matrix C => new(_c.Pointer, _data.Shape.M, _data.Shape.N);

    public void Multiply()
    {
        if (_scratch.Length == 1)
        {
            MultiplyPart(0);
            return;
        }

        Parallel.For(0, _scratch.Length, _multiplyPart);
    }

    public void Dispose()
    {
        _c.Dispose();
        Array.ForEach(_scratch, scratch => scratch.Dispose());
    }

    private void MultiplyPart(int part)
    {
        var shape = _data.Shape;
        var first = (int)((long)part * shape.M / _scratch.Length);
        var count = (int)((part + 1L) * shape.M / _scratch.Length) - first;
        var a = shape.TransposeA
            ? new Matrix(_data.A.Pointer + first, shape.K, count, shape.M)
            : _data.A.RowRange(first, count);
        Gemm.Multiply(a, shape.TransposeA, _data.B, shape.TransposeB, C.RowRange(first, count), false, _scratch[part]);
    }
}
