using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace DistNet.Numerics;

/// <summary>A way to compute products, with tiles for one instruction set. All give the same bits.</summary>
public abstract unsafe class GemmKernel
{
    private static readonly GemmKernel Avx512 = new GemmLoops<GemmTile<Simd512, Vector512<float>, Size12>>("avx512");
    private static readonly GemmKernel Avx2 = new GemmLoops<GemmTile<Simd256, Vector256<float>, Size6>>("avx2");

    // For the 32 registers of Arm64. It runs everywhere, so its bits are tested; it has not been run on Arm, and its speed is unknown.
    private static readonly GemmKernel Tall128 = new GemmLoops<GemmTile<Simd128, Vector128<float>, Size12>>("advsimd");
    private static readonly GemmKernel Portable = new GemmLoops<GemmTile<Simd128, Vector128<float>, Size6>>("portable");

    private static readonly GemmKernel[] Usable = Array.FindAll(
        AdvSimd.IsSupported ? [Tall128, Portable] : new[] { Avx512, Avx2, Portable, Tall128 }, kernel => kernel.IsSupported);

    private protected GemmKernel(string name) => Name = name;

    /// <summary>The kernels that this processor can run, the fastest first.</summary>
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
