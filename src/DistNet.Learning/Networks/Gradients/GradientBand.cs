namespace DistNet.Learning;

/// <summary>
/// Consecutive rows of a layer's weight matrix, with the last of them also its bias: what a gradient is computed of at once, into memory of its
/// own. A band is about what a push carries and stays in the second cache, so it can leave, be applied, and give its memory to the next,
/// while a whole gradient would go through the third cache twice.
/// </summary>
/// <param name="Index">Number among all bands of the network.</param>
/// <param name="Layer">Layer it belongs to.</param>
/// <param name="FirstRow">First row of the weight matrix.</param>
/// <param name="Rows">Rows of the weight matrix.</param>
/// <param name="Offset">First parameter, in the flat vector.</param>
/// <param name="WeightLength">Weights.</param>
/// <param name="BiasLength">Biases behind them; 0 in all but a layer's last band.</param>
public readonly record struct GradientBand(int Index, int Layer, int FirstRow, int Rows, int Offset, int WeightLength, int BiasLength)
{
    /// <summary>Parameters of a band, unless a few rows have more: 256 KB.</summary>
    public const int UsualLength = 64 * 1024;

    // A multiple of every tile's rows.
    private const int RowMultiple = 24;

    public int Length => WeightLength + BiasLength;

    public int End => Offset + Length;

    internal static void Cut(LayerSlice layer, List<GradientBand> bands)
    {
        var usual = Math.Max(RowMultiple, UsualLength / layer.Units / RowMultiple * RowMultiple);
        for (var row = 0; row < layer.Inputs; row += usual)
        {
            var rows = Math.Min(usual, layer.Inputs - row);
            var bias = row + rows == layer.Inputs ? layer.BiasLength : 0;
            bands.Add(new GradientBand(bands.Count, layer.Layer, row, rows, layer.WeightOffset + (row * layer.Units), rows * layer.Units, bias));
        }
    }
}
