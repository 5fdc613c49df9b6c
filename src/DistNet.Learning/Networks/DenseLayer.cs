using System.Numerics.Tensors;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// A dense layer's arithmetic and the memory of its activations for a number of rows. Parameters belong to the caller.
/// Keeps the input of the activation only where its slope needs it, and a mask only where there is dropout.
/// </summary>
internal sealed unsafe class DenseLayer : IDisposable
{
    private readonly LayerSlice _slice;
    private readonly float _dropout;
    private readonly int _stride;
    private readonly ActivationFunction _activation;
    private readonly ValueEpilogue _toValue;
    private readonly SlopeEpilogue _toSlope;
    private readonly AlignedBuffer _value;
    private readonly AlignedBuffer _delta;
    private readonly AlignedBuffer? _input;
    private readonly AlignedBuffer? _mask;
    private readonly AlignedBuffer? _dropped;
    private bool _isDropping;

    public DenseLayer(LayerSlice slice, DenseSpec spec, int maxRows)
    {
        _slice = slice;
        _dropout = spec.Dropout;
        _stride = Padding.Of(slice.Units);
        _activation = ActivationFunction.Of(spec.Activation);
        _toValue = new ValueEpilogue(this);
        _toSlope = new SlopeEpilogue(this);
        var length = checked(maxRows * _stride);
        _value = new AlignedBuffer(length);
        _delta = new AlignedBuffer(length);
        _input = _activation.SlopeNeedsInput ? new AlignedBuffer(length) : null;
        _mask = _dropout > 0 ? new AlignedBuffer(length) : null;
        _dropped = _dropout > 0 ? new AlignedBuffer(length) : null;
    }

    public LayerSlice Slice => _slice;

    private bool IsLinear => _activation.IsIdentity && !_isDropping;

    /// <summary>What the next layer reads.</summary>
    public Matrix Output(int rows) => View(_isDropping ? _dropped! : _value, rows);

    /// <summary>
    /// Gradient of the loss with respect to the activation's input; before <see cref="DeltaToInput"/> or
    /// <see cref="PropagateDelta"/> of the layer behind, to the output.
    /// </summary>
    public Matrix Delta(int rows) => View(_delta, rows);

    /// <summary>output = activation(x W + b), with each element's chain starting from its bias.</summary>
    /// <param name="weights">The parameters.</param>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="step">Key of the dropout; null when not training.</param>
    /// <param name="samples">The sample of each row.</param>
    /// <param name="workspace">Memory and team for products.</param>
    public void Forward(NetworkWeights weights, Matrix x, TrainingStep? step, ReadOnlySpan<int> samples, GemmWorkspace workspace)
    {
        _isDropping = step is not null && _dropout > 0;
        if (_isDropping)
        {
            DropoutMask.Fill(step!.Value, _slice.Layer, _dropout, samples, new Matrix(_mask!.Pointer, x.Rows, _stride));
        }

        var product = new MatrixProduct
        {
            A = x,
            B = weights.Stored(_slice),
            Packed = weights.Forward(_slice.Layer),
            C = View(_input ?? _value, x.Rows),
            Bias = _slice.HasBias ? weights.Parameters + _slice.BiasOffset : null,
            Epilogue = IsLinear ? null : _toValue,
        };
        Gemm.Multiply(product, workspace);
    }

    /// <summary>Takes <see cref="Delta"/> back through dropout and activation.</summary>
    public void DeltaToInput(int rows)
    {
        if (!IsLinear)
        {
            _toSlope.Apply(Delta(rows), 0, 0);
        }
    }

    /// <summary>Writes delta x W^T, taken back through dropout and activation there, to the delta of the layer before.</summary>
    public void PropagateDelta(NetworkWeights weights, DenseLayer previous, int rows, GemmWorkspace workspace)
    {
        var product = new MatrixProduct
        {
            A = Delta(rows),
            B = weights.Stored(_slice),
            TransposeB = true,
            Packed = weights.Backward(_slice.Layer),
            C = previous.Delta(rows),
            Epilogue = previous.IsLinear ? null : previous._toSlope,
        };
        Gemm.Multiply(product, workspace);
    }

    public bool IsFinite(int rows) => TensorPrimitives.IsFiniteAll<float>(_value.Span[..(rows * _stride)]);

    public void Dispose()
    {
        _value.Dispose();
        _delta.Dispose();
        _input?.Dispose();
        _mask?.Dispose();
        _dropped?.Dispose();
    }

    private Matrix View(AlignedBuffer buffer, int rows) => new(buffer.Pointer, rows, _slice.Units, _stride);

    private Matrix Part(AlignedBuffer buffer, Matrix region, int row, int column) =>
        new(buffer.Pointer + ((nint)row * _stride) + column, region.Rows, region.Columns, _stride);

    private static void Multiply(Matrix x, Matrix y, Matrix product)
    {
        for (var row = 0; row < product.Rows; row++)
        {
            TensorPrimitives.Multiply(x.Row(row), y.Row(row), product.Row(row));
        }
    }

    /// <summary>From the activation's input to its value, and to what dropout leaves of it.</summary>
    private sealed class ValueEpilogue(DenseLayer layer) : GemmEpilogue
    {
        public override void Apply(Matrix region, int row, int column)
        {
            var value = layer.Part(layer._value, region, row, column);
            layer._activation.Apply(region, value);
            if (layer._isDropping)
            {
                Multiply(value, layer.Part(layer._mask!, region, row, column), layer.Part(layer._dropped!, region, row, column));
            }
        }
    }

    /// <summary>From the gradient of the output to the gradient of the activation's input.</summary>
    private sealed class SlopeEpilogue(DenseLayer layer) : GemmEpilogue
    {
        public override void Apply(Matrix region, int row, int column)
        {
            if (layer._isDropping)
            {
                Multiply(region, layer.Part(layer._mask!, region, row, column), region);
            }

            layer._activation.MultiplyBySlope(layer.Part(layer._input ?? layer._value, region, row, column), region);
        }
    }
}
