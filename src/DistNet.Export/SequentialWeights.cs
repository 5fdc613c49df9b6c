using DistNet.Hosting;
using DistNet.Learning;
using static System.FormattableString;

namespace DistNet.Export;

/// <summary>
/// Weights under the names that PyTorch's nn.Sequential gives them, "K.weight" [out, in] and "K.bias" [out], where K counts all
/// <see cref="SequentialModules"/>.
/// </summary>
internal static class SequentialWeights
{
    public static IReadOnlyList<SafeTensor> Of(TrainedNetwork network)
    {
        var tensors = new List<SafeTensor>();
        foreach (var (place, layer) in SequentialModules.LinearPlaces(network.Network).Zip(network.Layout.Layers.ToArray()))
        {
            var parameters = network.Parameters;
            var weight = Transposed(parameters.Slice(layer.WeightOffset, layer.WeightLength), layer);
            tensors.Add(SafeTensor.Of(Invariant($"{place}.weight"), weight, layer.Units, layer.Inputs));
            if (layer.HasBias)
            {
                tensors.Add(SafeTensor.Of(Invariant($"{place}.bias"), parameters.Slice(layer.BiasOffset, layer.BiasLength), layer.Units));
            }
        }

        return tensors;
    }

    /// <summary>From [in, out] to [out, in].</summary>
    private static float[] Transposed(ReadOnlySpan<float> weight, LayerSlice layer)
    {
        var transposed = new float[weight.Length];
        for (var input = 0; input < layer.Inputs; input++)
        {
            for (var unit = 0; unit < layer.Units; unit++)
            {
                transposed[(unit * layer.Inputs) + input] = weight[(input * layer.Units) + unit];
            }
        }

        return transposed;
    }
}
