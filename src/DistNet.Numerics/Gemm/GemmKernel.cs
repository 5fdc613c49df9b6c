namespace DistNet.Numerics;

/// <summary>A way to compute the product, with a tile for one instruction set. All give the same bits.</summary>
public abstract class GemmKernel
{
    private static readonly GemmKernel[] All =
    [
        new GemmLoops<Avx512GemmTile>("avx512"),
        new GemmLoops<Avx2GemmTile>("avx2"),
        new GemmLoops<PortableGemmTile>("portable"),
    ];

    private static readonly GemmKernel[] Usable = Array.FindAll(All, kernel => kernel.IsSupported);

    private protected GemmKernel(string name) => Name = name;

    /// <summary>The kernels that this processor can run, widest tile first.</summary>
    public static IReadOnlyList<GemmKernel> Supported => Usable;

    public string Name { get; }

    internal abstract bool IsSupported { get; }

    internal abstract int TileColumns { get; }

    /// <summary>The widest tile that is not mostly padding for a product of <paramref name="columns"/> columns.</summary>
    internal static GemmKernel Choose(int columns)
    {
        foreach (var kernel in Usable)
        {
            if (columns > kernel.TileColumns / 2)
            {
                return kernel;
            }
        }

        return Usable[^1];
    }

    internal abstract void Multiply(GemmOperand left, GemmOperand right, Matrix c, bool accumulate, GemmScratch scratch);
}
