using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// A layer's gradient for each node of lanes: x^T delta and the sums of delta's columns. It is computed in blocks of the weight's rows, so
/// that the first can leave, and be applied, while the next is computed. Owns delta's panels, which all nodes and blocks share.
/// </summary>
internal sealed unsafe class LayerGradients : IDisposable
{
    // About what a push carries: then a block is applied while it is in the second cache. A multiple of every tile's rows.
    private const int BlockLength = 64 * 1024;
    private const int RowMultiple = 24;

    private readonly LayerSlice _slice;
    private readonly PackedMatrix _panels;
    private readonly BiasGradients _biases;
    private readonly int _blockRows;

    public LayerGradients(LayerSlice slice, int maxRows)
    {
        _slice = slice;
        _panels = new PackedMatrix(maxRows, slice.Units);
        _biases = new BiasGradients(slice.Units);
        _blockRows = ((BlockLength / slice.Units) + RowMultiple - 1) / RowMultiple * RowMultiple;
        _blockRows = Math.Max(_blockRows, RowMultiple);
    }

    /// <summary>Writes the layer's part of every node's vector; zeros for a node without rows.</summary>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="delta">[rows, units].</param>
    /// <param name="lanes">Whose rows are whose.</param>
    /// <param name="nodes">Where each node's gradient goes.</param>
    /// <param name="workspace">Memory and team for products.</param>
    /// <param name="sink">Told of each block.</param>
    public void Compute(
        Matrix x, Matrix delta, LaneRows lanes, ReadOnlySpan<NodeGradient> nodes, GemmWorkspace workspace, IGradientSink? sink)
    {
        SumBiases(delta, lanes, nodes);
        _panels.Reshape(delta.Rows);
        _panels.Pack(delta, false);
        for (var row = 0; row < _slice.Inputs; row += _blockRows)
        {
            var count = Math.Min(_blockRows, _slice.Inputs - row);
            foreach (var node in nodes)
            {
                var product = new LaneProduct
                {
                    A = new Matrix(x.Pointer + row, x.Rows, count, x.Stride),
                    B = _panels,
                    C = new Matrix(node.Gradient + _slice.WeightOffset + ((nint)row * _slice.Units), count, _slice.Units),
                    Bounds = lanes.BoundsOf(node.Node),
                };
                Gemm.Multiply(product, workspace);
            }

            var isLast = row + count == _slice.Inputs;
            sink?.OnReady(_slice.Layer, isLast ? _slice.End : _slice.WeightOffset + ((row + count) * _slice.Units));
        }
    }

    public void Dispose() => _panels.Dispose();

    private void SumBiases(Matrix delta, LaneRows lanes, ReadOnlySpan<NodeGradient> nodes)
    {
        for (var i = 0; _slice.HasBias && i < nodes.Length; i++)
        {
            var target = new Span<float>(nodes[i].Gradient + _slice.BiasOffset, _slice.Units);
            if (!_biases.Sum(nodes[i].Node, lanes, delta, target))
            {
                target.Clear();
            }
        }
    }
}
