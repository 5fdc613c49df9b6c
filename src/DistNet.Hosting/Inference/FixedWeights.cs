using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Hosting;

/// <summary>
/// Weights that do not change any more, packed once for the way forward: a product over one sample reads each of them once, and would spend its time
/// packing. Any number of threads may read them.
/// </summary>
internal sealed unsafe class FixedWeights : NetworkWeights
{
    private readonly float[] _parameters;
    private readonly PackedWeight[] _forward;

    /// <param name="layout">Of the parameters.</param>
    /// <param name="parameters">The flat vector, with or without padding; copied.</param>
    public FixedWeights(ParameterLayout layout, ReadOnlySpan<float> parameters)
    {
        _parameters = GC.AllocateArray<float>(layout.PaddedLength, pinned: true);
        parameters[..layout.Length].CopyTo(_parameters);
        _forward = new PackedWeight[layout.Layers.Length];
        foreach (var layer in layout.Layers)
        {
            _forward[layer.Layer] = Pack(layer);
        }
    }

    /// <summary>The flat vector with its padding.</summary>
    public ReadOnlySpan<float> Values => _parameters;

    /// <summary>The array is pinned for as long as these weights live.</summary>
    public override float* Parameters
    {
        get
        {
            fixed (float* parameters = _parameters)
            {
                return parameters;
            }
        }
    }

    protected override PackedMatrix? Panels(int index) => index % 2 == PackedWeight.IndexOf(0, backward: false) ? _forward[index / 2].Panels : null;

    private PackedWeight Pack(LayerSlice layer)
    {
        var weight = new PackedWeight(layer, transposed: false);
        for (var part = 0; part < weight.Panels.Parts; part++)
        {
            weight.PackPart(part, Parameters);
        }

        return weight;
    }
}
