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
        var length = checked(maxRows * _stride);
        _value = new AlignedBuffer(length);
        _delta = new AlignedBuffer(length);
        _input = _activation.SlopeNeedsInput ? new AlignedBuffer(length) : null;
        _mask = _dropout > 0 ? new AlignedBuffer(length) : null;
        _dropped = _dropout > 0 ? new AlignedBuffer(length) : null;
    }

    public LayerSlice Slice => _slice;

    /// <summary>What the next layer reads.</summary>
    public Matrix Output(int rows) => View(_isDropping ? _dropped! : _value, rows);

    /// <summary>Gradient of the loss with respect to the output; after <see cref="DeltaToInput"/> to the activation's input.</summary>
    public Matrix Delta(int rows) => View(_delta, rows);

    /// <summary>output = activation(x W + b), with each element's chain starting from its bias.</summary>
    /// <param name="parameters">The flat vector.</param>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="step">Key of the dropout; null when not training.</param>
    /// <param name="samples">The sample of each row.</param>
    /// <param name="workspace">Memory for products.</param>
    public void Forward(float* parameters, Matrix x, TrainingStep? step, ReadOnlySpan<int> samples, GemmWorkspace workspace)
    {
        var sums = View(_input ?? _value, x.Rows);
        var bias = _slice.HasBias ? parameters + _slice.BiasOffset : null;
        Gemm.Multiply(new MatrixProduct { A = x, B = Weight(parameters), C = sums, Bias = bias }, workspace);
        _activation.Apply(Block(_input ?? _value, x.Rows), Block(_value, x.Rows));
        _isDropping = step is not null && _dropout > 0;
        if (_isDropping)
        {
            DropoutMask.Fill(step!.Value, _slice.Layer, _dropout, samples, new Matrix(_mask!.Pointer, x.Rows, _stride));
            TensorPrimitives.Multiply(Block(_value, x.Rows), Block(_mask, x.Rows), Block(_dropped!, x.Rows));
        }
    }

    /// <summary>Takes <see cref="Delta"/> back through dropout and activation.</summary>
    public void DeltaToInput(int rows)
    {
        var delta = Block(_delta, rows);
        if (_isDropping)
        {
            TensorPrimitives.Multiply(delta, Block(_mask!, rows), delta);
        }

        _activation.MultiplyBySlope(Block(_input ?? _value, rows), delta);
    }

    /// <summary>Writes delta x W^T to the delta of the layer before.</summary>
    public void PropagateDelta(float* parameters, Matrix previousDelta, GemmWorkspace workspace) =>
        Gemm.Multiply(
            new MatrixProduct { A = Delta(previousDelta.Rows), B = Weight(parameters), TransposeB = true, C = previousDelta }, workspace);

    public bool IsFinite(int rows) => TensorPrimitives.IsFiniteAll<float>(Block(_value, rows));

    public void Dispose()
    {
        _value.Dispose();
        _delta.Dispose();
        _input?.Dispose();
        _mask?.Dispose();
        _dropped?.Dispose();
    }

    private Matrix Weight(float* parameters) => new(parameters + _slice.WeightOffset, _slice.Inputs, _slice.Units);

    private Matrix View(AlignedBuffer buffer, int rows) => new(buffer.Pointer, rows, _slice.Units, _stride);

    private Span<float> Block(AlignedBuffer buffer, int rows) => buffer.Span[..(rows * _stride)];
}
