using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// Weights as they lie. A product packs a group of columns and uses it while it is in the second cache, which is faster than packing
/// beforehand where one thread alone uses a version once.
/// </summary>
public sealed unsafe class DirectWeights : NetworkWeights
{
    private float* _parameters;

    public override float* Parameters => _parameters;

    /// <summary>Other values, or the same memory with other values in it.</summary>
    public void Begin(float* parameters) => _parameters = parameters;

    protected override PackedMatrix? Panels(int index) => null;
}
