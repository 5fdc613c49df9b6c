using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// A network's parameters as products read them: as they lie, or each weight matrix packed into panels once, however many products follow.
/// Whoever provides them keeps them unchanged from a forward pass to the end of the backward pass that belongs to it.
/// </summary>
public abstract unsafe class NetworkWeights
{
    /// <summary>The flat vector.</summary>
    public abstract float* Parameters { get; }

    /// <summary>W of a layer, [inputs, units], in panels; null: it is not packed.</summary>
    public PackedMatrix? Forward(int layer) => Panels(PackedWeight.IndexOf(layer, backward: false));

    /// <summary>The transpose of W, [units, inputs], in panels; null: it is not packed. Never asked for the first layer.</summary>
    public PackedMatrix? Backward(int layer) => Panels(PackedWeight.IndexOf(layer, backward: true));

    /// <summary>W of a layer as it lies, [inputs, units].</summary>
    public Matrix Stored(LayerSlice layer) => new(Parameters + layer.WeightOffset, layer.Inputs, layer.Units);

    /// <summary>One matrix in one direction, packed when the call returns; null: these weights are not packed.</summary>
    /// <param name="index">As <see cref="PackedWeight.IndexOf"/> counts.</param>
    protected abstract PackedMatrix? Panels(int index);
}
