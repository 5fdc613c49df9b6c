using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// The first weights of a network. Keyed by (seed, layer, index), so that any part can be made anywhere. Biases are zero, and
/// so is the padding at the end of the vector.
/// </summary>
public static class Initializer
{
    /// <param name="layout">Where each layer lies.</param>
    /// <param name="kind">The distribution of the weights.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="parameters">The whole vector; its old content is overwritten.</param>
    public static void Initialize(ParameterLayout layout, InitializerKind kind, ulong seed, Span<float> parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, layout.PaddedLength, nameof(parameters));
        parameters.Clear();
        foreach (var layer in layout.Layers)
        {
            var key = Luck.Key(seed, LuckPurpose.Initialisation, (uint)layer.Layer);
            Fill(key, kind, layer, parameters.Slice(layer.WeightOffset, layer.WeightLength));
        }
    }

    private static void Fill(LuckKey key, InitializerKind kind, LayerSlice layer, Span<float> weights)
    {
        if (kind == InitializerKind.Ones)
        {
            weights.Fill(1);
            return;
        }

        if (kind == InitializerKind.Uniform)
        {
            key.Uniform(0, weights);
            return;
        }

        var deviation = Deviation(kind, layer);
        for (var i = 0; i < weights.Length && deviation > 0; i++)
        {
            weights[i] = key.Normal((ulong)i) * deviation;
        }
    }

    private static float Deviation(InitializerKind kind, LayerSlice layer) => kind switch
    {
        InitializerKind.Normal => 0.01f,
        InitializerKind.Xavier => MathF.Sqrt(2f / (layer.Inputs + layer.Units)),
        InitializerKind.He => MathF.Sqrt(2f / layer.Inputs),
        InitializerKind.LeCun => MathF.Sqrt(1f / layer.Inputs),
        _ => 0,
    };
}
