using DistNet.Hosting;
using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>The product of DistNet.Numerics, on a team of threads where there are several.</summary>
internal sealed unsafe class OurProduct : IProduct
{
    private readonly ProductData _data;
    private readonly AlignedBuffer _c;
    private readonly ThreadTeam? _team;
    private readonly GemmWorkspace _workspace;

    /// <param name="data">The factors.</param>
    /// <param name="threads">Members of the team.</param>
    /// <param name="kernel">Null: the fastest.</param>
    public OurProduct(ProductData data, int threads, GemmKernel? kernel = null)
    {
        _data = data;
        _c = new AlignedBuffer(data.Shape.M * data.Shape.N);
        _team = threads > 1 ? new ThreadTeam(threads) : null;
        _workspace = new GemmWorkspace(_team ?? ComputeTeam.Alone, kernel ?? GemmKernel.Default);
    }

    public Matrix C => new(_c.Pointer, _data.Shape.M, _data.Shape.N);

    public void Multiply()
    {
        var product = new MatrixProduct
        {
            A = _data.A,
            TransposeA = _data.Shape.TransposeA,
            B = _data.B,
            TransposeB = _data.Shape.TransposeB,
            C = C,
        };
        Gemm.Multiply(product, _workspace);
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _team?.Dispose();
        _c.Dispose();
    }
}
