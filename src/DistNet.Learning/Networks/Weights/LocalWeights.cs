using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>Weights for one computing thread alone, packed when they are first asked for.</summary>
public sealed unsafe class LocalWeights(ParameterLayout layout) : NetworkWeights, IDisposable
{
    private readonly PackedWeights _packed = new(layout);
    private readonly bool[] _hasForward = new bool[layout.Layers.Length];
    private readonly bool[] _hasBackward = new bool[layout.Layers.Length];
    private float* _parameters;

    public override float* Parameters => _parameters;

    /// <summary>Other values, or the same memory with other values in it.</summary>
    public void Begin(float* parameters)
    {
        _parameters = parameters;
        Array.Clear(_hasForward);
        Array.Clear(_hasBackward);
    }

    public override PackedMatrix Forward(int layer)
    {
        for (var part = 0; !_hasForward[layer] && part < _packed.Forward(layer).Parts; part++)
        {
            _packed.PackForward(layer, part, _parameters);
        }

        _hasForward[layer] = true;
        return _packed.Forward(layer);
    }

    public override PackedMatrix Backward(int layer)
    {
        for (var part = 0; !_hasBackward[layer] && part < _packed.Backward(layer).Parts; part++)
        {
            _packed.PackBackward(layer, part, _parameters);
        }

        _hasBackward[layer] = true;
        return _packed.Backward(layer);
    }

    public void Dispose() => _packed.Dispose();
}
