using System.Runtime.Intrinsics;

namespace DistNet.Numerics;

/// <summary>A way to compute products, with tiles for one instruction set. All give the same bits.</summary>
public abstract unsafe class GemmKernel
{
    private static readonly GemmKernel[] All =
    [
        new GemmLoops<GemmTile<Simd512, Vector512<float>, Size12>>("avx512"),
        new GemmLoops<GemmTile<Simd256, Vector256<float>, Size6>>("avx2"),
        new GemmLoops<GemmTile<Simd128, Vector128<float>, Size12>>("advsimd"),
        new GemmLoops<GemmTile<Simd128, Vector128<float>, Size6>>("portable"),
    ];

    private static readonly GemmKernel[] Usable = Array.FindAll(All, kernel => kernel.IsSupported);

    private protected GemmKernel(string name) => Name = name;

    /// <summary>The kernels that this processor can run, widest tile first.</summary>
    public static IReadOnlyList<GemmKernel> Supported => Usable;

    /// <summary>The fastest that this processor can run.</summary>
    public static GemmKernel Default => Usable[0];

    public string Name { get; }

    internal abstract bool IsSupported { get; }

    internal abstract int TileRows { get; }

    internal abstract int TileColumns { get; }

    /// <summary>Floats a step in the panel that starts this many columns before the last: the last panel may be narrow.</summary>
    internal int PanelWidth(int columnsLeft) => columnsLeft > TileColumns / 2 ? TileColumns : TileColumns / 2;

    /// <summary>Packs columns of the right side.</summary>
    internal abstract void PackRight(GemmOperand right, int column, int columns, int k, int depth, float* panels, nint panelStride);

    /// <summary>Computes a part of C, epilogue included.</summary>
    internal abstract void Multiply(in MatrixProduct product, GemmRegion region, GemmScratch scratch);

    /// <summary>Computes a part of C as a sum over lanes.</summary>
    internal abstract void Multiply(Matrix a, PackedMatrix b, LanePlan plan, Matrix c, GemmRegion region, GemmScratch scratch);
}
