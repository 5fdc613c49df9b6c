using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>Weights for one computing thread alone, packed when they are first asked for.</summary>
public sealed unsafe class LocalWeights(ParameterLayout layout) : NetworkWeights, IDisposable
{
    private readonly PackedWeight?[] _weights = PackedWeight.AllOf(layout);
    private readonly bool[] _isPacked = new bool[2 * layout.Layers.Length];
    private float* _parameters;

    public override float* Parameters => _parameters;

    /// <summary>Other values, or the same memory with other values in it.</summary>
    public void Begin(float* parameters)
    {
        _parameters = parameters;
        Array.Clear(_isPacked);
    }

    public void Dispose() => Array.ForEach(_weights, weight => weight?.Dispose());

    protected override PackedMatrix Panels(int index)
    {
        var weight = _weights[index]!;
        for (var part = 0; !_isPacked[index] && part < weight.Panels.Parts; part++)
        {
            weight.PackPart(part, _parameters);
        }

        _isPacked[index] = true;
        return weight.Panels;
    }
}
