namespace DistNet.Numerics;

/// <summary>Panels of the right side, packed for this block of k or for all of K.</summary>
/// <param name="first">The first panel.</param>
/// <param name="panelStride">Floats from one panel to the next.</param>
/// <param name="k">Where the block begins in each panel.</param>
internal readonly unsafe struct TileRight(float* first, nint panelStride, int k)
{
    private readonly float* _first = first;

    public float* Panel(int index, int width) => _first + (index * panelStride) + ((nint)k * width);
}
