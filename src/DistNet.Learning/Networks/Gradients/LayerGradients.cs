using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// A layer's gradient for each node of lanes, band by band: x^T delta and the sums of delta's columns. Owns delta's panels, which all nodes
/// and bands share.
/// </summary>
internal sealed unsafe class LayerGradients : IDisposable
{
    private readonly LayerSlice _slice;
    private readonly GradientBand[] _bands;
    private readonly PackedMatrix _panels;
    private readonly BiasGradients _biases;

    public LayerGradients(ParameterLayout layout, int layer, int maxRows)
    {
        _slice = layout.Layers[layer];
        _bands = [.. layout.BandsOf(layer)];
        _panels = new PackedMatrix(maxRows, _slice.Units);
        _biases = new BiasGradients(_slice.Units);
    }

    /// <summary>Computes every band for every node; zeros for a node without rows.</summary>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="delta">[rows, units].</param>
    /// <param name="lanes">Whose rows are whose.</param>
    /// <param name="nodes">Lanes to sum over.</param>
    /// <param name="workspace">Memory and team for products.</param>
    /// <param name="sink">Gives the memory, and is told of each band.</param>
    public void Compute(
        Matrix x, Matrix delta, LaneRows lanes, ReadOnlySpan<TreeNode> nodes, GemmWorkspace workspace, IGradientSink sink)
    {
        _panels.Reshape(delta.Rows);
        _panels.Pack(delta, false);
        foreach (ref readonly var band in _bands.AsSpan())
        {
            for (var i = 0; i < nodes.Length; i++)
            {
                var gradient = sink.MemoryFor(band, i);
                SumWeights(band, x, lanes.BoundsOf(nodes[i]), gradient, workspace);
                SumBiases(band, delta, lanes, nodes[i], gradient);
            }

            sink.OnReady(band);
        }
    }

    public void Dispose() => _panels.Dispose();

    private void SumWeights(in GradientBand band, Matrix x, ReadOnlySpan<int> bounds, float* gradient, GemmWorkspace workspace)
    {
        var product = new LaneProduct
        {
            A = new Matrix(x.Pointer + band.FirstRow, x.Rows, band.Rows, x.Stride),
            B = _panels,
            C = new Matrix(gradient, band.Rows, _slice.Units),
            Bounds = bounds,
        };
        Gemm.Multiply(product, workspace);
    }

    private void SumBiases(in GradientBand band, Matrix delta, LaneRows lanes, TreeNode node, float* gradient)
    {
        var target = new Span<float>(gradient + band.WeightLength, band.BiasLength);
        if (!target.IsEmpty && !_biases.Sum(node, lanes, delta, target))
        {
            target.Clear();
        }
    }
}
