using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>Memory for the packed weights of a whole network, in both directions. Says nothing about which are filled.</summary>
public sealed unsafe class PackedWeights : IDisposable
{
    private readonly ParameterLayout _layout;
    private readonly PackedMatrix[] _forward;
    private readonly PackedMatrix?[] _backward;

    public PackedWeights(ParameterLayout layout)
    {
        _layout = layout;
        _forward = new PackedMatrix[layout.Layers.Length];
        _backward = new PackedMatrix?[layout.Layers.Length];
        foreach (var layer in layout.Layers)
        {
            _forward[layer.Layer] = new PackedMatrix(layer.Inputs, layer.Units);
            _backward[layer.Layer] = layer.Layer == 0 ? null : new PackedMatrix(layer.Units, layer.Inputs);
        }
    }

    public PackedMatrix Forward(int layer) => _forward[layer];

    /// <summary>The first layer has none: no gradient goes back to the data.</summary>
    public PackedMatrix Backward(int layer) => _backward[layer]!;

    /// <summary>Packs one part of <see cref="Forward"/>.</summary>
    public void PackForward(int layer, int part, float* parameters) => _forward[layer].PackPart(part, Weight(layer, parameters), false);

    /// <summary>Packs one part of <see cref="Backward"/>.</summary>
    public void PackBackward(int layer, int part, float* parameters) => _backward[layer]!.PackPart(part, Weight(layer, parameters), true);

    public void Dispose()
    {
        Array.ForEach(_forward, matrix => matrix.Dispose());
        Array.ForEach(_backward, matrix => matrix?.Dispose());
    }

    private Matrix Weight(int layer, float* parameters)
    {
        var slice = _layout.Layers[layer];
        return new Matrix(parameters + slice.WeightOffset, slice.Inputs, slice.Units);
    }
}
