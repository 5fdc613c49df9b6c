using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// Forward and backward of one network on the calling thread: gather a batch, go forward, go backward. Owns the activations of up
/// to a number of rows; parameters and gradients are others' memory. Not shared between threads, starts none, and allocates
/// nothing once its buffers have grown to the batch.
/// </summary>
public sealed unsafe class NetworkCompute : IDisposable
{
    private readonly int _inputs;
    private readonly AlignedBuffer _input;
    private readonly DenseLayer[] _layers;
    private readonly OutputRows _outputs;
    private readonly int[] _samples;
    private readonly LayerGradients[] _gradients;
    private readonly GemmWorkspace _workspace;
    private NetworkWeights? _weights;
    private DataSet? _data;

    /// <param name="spec">The network.</param>
    /// <param name="layout">Where its parameters lie.</param>
    /// <param name="maxRows">Most rows of a batch.</param>
    /// <param name="team">Who computes products together; null: the calling thread alone. It changes no bit.</param>
    public NetworkCompute(NetworkSpec spec, ParameterLayout layout, int maxRows, IComputeTeam? team = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRows);
        _inputs = spec.Inputs;
        _input = new AlignedBuffer(checked(maxRows * Padding.Of(spec.Inputs)));
        _samples = new int[maxRows];
        _outputs = new OutputRows(Loss.Of(spec.Loss.Kind, spec.Outputs), spec.Outputs, maxRows);
        _layers = new DenseLayer[spec.Layers.Count];
        _gradients = new LayerGradients[_layers.Length];
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new DenseLayer(layout.Layers[i], spec.Layers[i], maxRows);
            _gradients[i] = new LayerGradients(layout, i, maxRows);
        }

        _workspace = new GemmWorkspace(team ?? ComputeTeam.Alone);
    }

    public int MaxRows => _samples.Length;

    /// <summary>Rows of the batch now held.</summary>
    public int Rows { get; private set; }

    private DenseLayer Last => _layers[^1];

    /// <summary>Copies the samples in; a batch may be empty.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More samples than <see cref="MaxRows"/>, or the data have other features.</exception>
    public void Gather(DataSet data, ReadOnlySpan<int> samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, MaxRows, nameof(samples));
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.Info.Features, _inputs, nameof(data));
        if (ReferenceEquals(data, _data) && samples.SequenceEqual(_samples.AsSpan(0, Rows)))
        {
            // A full batch is the same rows at every step, and data sets do not change.
            return;
        }

        _data = data;
        Rows = samples.Length;
        samples.CopyTo(_samples);
        var input = Input();
        for (var row = 0; row < samples.Length; row++)
        {
            data.Row(samples[row]).CopyTo(input.Row(row));
            _outputs.SetLabel(row, data.Labels[samples[row]]);
        }
    }

    /// <summary>Computes the activations of the batch.</summary>
    /// <param name="weights">The parameters; read until the backward pass has ended.</param>
    /// <param name="step">Key of the dropout; null computes without, as for evaluation.</param>
    /// <param name="cancel">Looked at between layers.</param>
    /// <returns>False when cancelled; the activations are then of no use.</returns>
    public bool Forward(NetworkWeights weights, TrainingStep? step = null, CancelFlag? cancel = null)
    {
        _weights = weights;
        var x = Input();
        foreach (var layer in _layers)
        {
            if (cancel is { IsSet: true })
            {
                return false;
            }

            layer.Forward(weights, x, step, _samples.AsSpan(0, Rows), _workspace);
            x = layer.Output(Rows);
        }

        return true;
    }

    /// <summary>
    /// Gradient of the SUM of the samples' losses, without penalties, for each node of the summing tree, from the activations
    /// of the last forward pass. Bits depend on a lane's samples and on the tree, not on what else is in the batch.
    /// </summary>
    /// <param name="lanes">Which rows are whose; must cover the batch.</param>
    /// <param name="nodes">Lanes to sum over; a node without samples gets zeros, to be left out of any sum.</param>
    /// <param name="sums">Loss and correct predictions of each node.</param>
    /// <param name="sink">Gives the memory for gradients and is told of what is ready, last layer first.</param>
    /// <param name="cancel">Looked at between layers.</param>
    /// <returns>False when cancelled; gradients not yet told to the sink are then of no use.</returns>
    /// <exception cref="ArgumentException">Lanes or nodes do not fit the batch.</exception>
    public bool Backward(
        LaneRows lanes,
        ReadOnlySpan<TreeNode> nodes,
        Span<SampleSums> sums,
        IGradientSink sink,
        CancelFlag? cancel = null)
    {
        lanes.Validate(Rows);
        _outputs.Evaluate(Last.Output(Rows), Last.Delta(Rows));
        for (var i = 0; i < nodes.Length; i++)
        {
            lanes.Require(nodes[i]);
            sums[i] = _outputs.Sum(nodes[i], lanes);
        }

        Last.DeltaToInput(Rows);
        for (var index = _layers.Length - 1; index >= 0; index--)
        {
            if (cancel is { IsSet: true })
            {
                return false;
            }

            // First, so that a layer's weights are not read any more when its gradients are there.
            if (index > 0)
            {
                _layers[index].PropagateDelta(_weights!, _layers[index - 1], Rows, _workspace);
            }

            var x = index == 0 ? Input() : _layers[index - 1].Output(Rows);
            _gradients[index].Compute(x, _layers[index].Delta(Rows), lanes, nodes, _workspace, sink);
        }

        return true;
    }

    /// <summary>Forward without dropout; loss and correct predictions over the batch, added row by row.</summary>
    public SampleSums Evaluate(NetworkWeights weights)
    {
        Forward(weights);
        _outputs.Evaluate(Last.Output(Rows), Last.Delta(Rows));
        return _outputs.Sum(0, Rows);
    }

    /// <summary>Forward without dropout; what the outputs mean, and the class predicted, for each row.</summary>
    /// <param name="weights">The parameters.</param>
    /// <param name="outputs">[Rows, outputs]: probabilities, or raw outputs for squared error.</param>
    /// <param name="classes">[Rows].</param>
    public void Predict(NetworkWeights weights, Span<float> outputs, Span<int> classes)
    {
        Forward(weights);
        _outputs.Predict(Last.Output(Rows), Last.Delta(Rows), outputs, classes);
    }

    /// <summary>The first layer whose values in the last forward pass are not all finite; -1 when all are.</summary>
    public int FirstNonFiniteLayer() => Array.FindIndex(_layers, layer => !layer.IsFinite(Rows));

    public void Dispose()
    {
        _input.Dispose();
        Array.ForEach(_gradients, gradients => gradients.Dispose());
        _workspace.Dispose();
        foreach (var layer in _layers)
        {
            layer.Dispose();
        }
    }

    private Matrix Input() => new(_input.Pointer, Rows, _inputs, Padding.Of(_inputs));
}
