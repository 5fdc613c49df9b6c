using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>Memory for one layer's weight matrix in panels, as it stands or transposed. Does not know whether it is filled.</summary>
public sealed unsafe class PackedWeight(LayerSlice layer, bool transposed) : IDisposable
{
    /// <summary>[inputs, units], or [units, inputs] when transposed.</summary>
    public PackedMatrix Panels { get; } = transposed ? new(layer.Units, layer.Inputs) : new(layer.Inputs, layer.Units);

    /// <param name="part">From 0 to the number of parts of <see cref="Panels"/> less one.</param>
    /// <param name="parameters">The flat vector.</param>
    public void PackPart(int part, float* parameters) =>
        Panels.PackPart(part, new Matrix(parameters + layer.WeightOffset, layer.Inputs, layer.Units), transposed);

    /// <summary>The weights of a network in both directions, at <see cref="IndexOf"/>; the first layer has none for the way back.</summary>
    public static PackedWeight?[] AllOf(ParameterLayout layout)
    {
        var all = new PackedWeight?[2 * layout.Layers.Length];
        foreach (var layer in layout.Layers)
        {
            all[IndexOf(layer.Layer, backward: false)] = new PackedWeight(layer, transposed: false);
            all[IndexOf(layer.Layer, backward: true)] = layer.Layer == 0 ? null : new PackedWeight(layer, transposed: true);
        }

        return all;
    }

    public static int IndexOf(int layer, bool backward) => (2 * layer) + (backward ? 1 : 0);

    public void Dispose() => Panels.Dispose();
}
