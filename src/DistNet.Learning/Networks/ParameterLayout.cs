namespace DistNet.Learning;

/// <summary>Where one layer's numbers lie in the flat parameter vector: weight [Inputs, Units] row-major, then bias [Units].</summary>
public readonly record struct LayerSlice(int Layer, int Inputs, int Units, bool HasBias, int Offset)
{
    public int WeightOffset => Offset;

    public int WeightLength => Inputs * Units;

    public int BiasOffset => Offset + WeightLength;

    public int BiasLength => HasBias ? Units : 0;

    public int Length => WeightLength + BiasLength;

    public int End => Offset + Length;
}

/// <summary>
/// The order of a network's numbers in its one flat parameter vector: layer after layer, weight then bias, without gaps.
/// The vector is padded at its end to whole blocks, so that partition bounds change no bit.
/// </summary>
public sealed class ParameterLayout
{
    /// <summary>Floats in a block: partition bounds and norms count in whole blocks.</summary>
    public const int BlockLength = 1024;

    private readonly LayerSlice[] _layers;
    private readonly GradientBand[] _bands;
    private readonly Range[] _bandsOfLayer;

    public ParameterLayout(NetworkSpec spec)
    {
        _layers = new LayerSlice[spec.Layers.Count];
        var inputs = spec.Inputs;
        var offset = 0L;
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = spec.Layers[i];
            _layers[i] = new LayerSlice(i, inputs, layer.Units, layer.HasBias, (int)offset);
            offset += ((long)inputs * layer.Units) + _layers[i].BiasLength;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, int.MaxValue - BlockLength, nameof(spec));
            inputs = layer.Units;
        }

        Length = (int)offset;
        _bandsOfLayer = new Range[_layers.Length];
        _bands = CutBands();
    }

    public ReadOnlySpan<LayerSlice> Layers => _layers;

    /// <summary>What gradients are computed of at once, in the order of the parameters.</summary>
    public ReadOnlySpan<GradientBand> Bands => _bands;

    public ReadOnlySpan<GradientBand> BandsOf(int layer) => _bands.AsSpan(_bandsOfLayer[layer]);

    /// <summary>Number of parameters.</summary>
    public int Length { get; }

    public int BlockCount => (Length + BlockLength - 1) / BlockLength;

    /// <summary>Length of the vector in memory: whole blocks; the tail past <see cref="Length"/> stays zero.</summary>
    public int PaddedLength => BlockCount * BlockLength;

    private GradientBand[] CutBands()
    {
        var bands = new List<GradientBand>();
        foreach (var layer in _layers)
        {
            var first = bands.Count;
            GradientBand.Cut(layer, bands);
            _bandsOfLayer[layer.Layer] = first..bands.Count;
        }

        return [.. bands];
    }
}
