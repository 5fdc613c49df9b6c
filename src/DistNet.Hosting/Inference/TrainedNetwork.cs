using DistNet.Actors;
using DistNet.Learning;
using DistNet.Numerics;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// A run's network as its latest good checkpoint has it, and what it expects of a sample. Takes unscaled samples and scales them as the
/// run did. Owns the parameters and the memory of the computation; not for several threads.
/// </summary>
public sealed unsafe class TrainedNetwork : IDisposable
{
    private readonly string _folder;
    private readonly int _outputs;
    private readonly AlignedBuffer _parameters;
    private readonly LocalWeights _weights;
    private readonly NetworkCompute _compute;
    private readonly int[] _rows = new int[RunPlan.EvaluationChunkLength];

    private TrainedNetwork(RunFolder folder, TrainingOptions options, ModelDescription model, NetworkSpec network, CheckpointContent checkpoint)
    {
        _folder = folder.Root;
        _outputs = network.Outputs;
        Options = options;
        Model = model;
        Scaling = model.ScalingOf(options.Scale);
        Network = network;
        Layout = checkpoint.Layout;
        Version = checkpoint.Version;
        _compute = new NetworkCompute(network, checkpoint.Layout, _rows.Length);
        _parameters = new AlignedBuffer(checkpoint.Layout.PaddedLength);
        checkpoint.Parameters.Span.CopyTo(_parameters.Span);
        _weights = new LocalWeights(checkpoint.Layout);
        _weights.Begin(_parameters.Pointer);
    }

    /// <summary>The run's options.</summary>
    public TrainingOptions Options { get; }

    public ModelDescription Model { get; }

    /// <summary>What is done to a sample's features before the first layer.</summary>
    public Scaling Scaling { get; }

    public NetworkSpec Network { get; }

    /// <summary>Where each layer's numbers lie in <see cref="Parameters"/>.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The flat parameter vector, without padding.</summary>
    public ReadOnlySpan<float> Parameters => _parameters.Span[..Layout.Length];

    /// <summary>Updates in the checkpoint.</summary>
    public long Version { get; }

    /// <summary>
    /// Reads the latest good checkpoint. Throws <see cref="RunFolderException"/> when there is none, when the run's files were altered or
    /// when the checkpoint is of another network; <see cref="UsageException"/> when the stored options are none.
    /// </summary>
    /// <param name="folder">The run.</param>
    /// <param name="notice">Told of each later checkpoint that is damaged.</param>
    public static TrainedNetwork Open(RunFolder folder, Action<string> notice)
    {
        var options = folder.ReadConfig();
        var model = folder.ReadModel();
        var network = NetworkBuilder.Build(options, model.Info);
        var reading = new CheckpointFolder(folder).ReadLatest(new ParameterLayout(network));
        foreach (var warning in reading.Warnings)
        {
            notice(warning);
        }

        return new TrainedNetwork(folder, options, model, network, reading.Content);
    }

    /// <summary>
    /// Mean loss, and the part classified rightly. Added in the chunks and the order of the run's own evaluations, so that the same
    /// samples give the same bits.
    /// </summary>
    /// <param name="data">At least one sample, unscaled.</param>
    /// <exception cref="UsageException">The data have other features or another number of classes.</exception>
    public (double Loss, double Accuracy) Evaluate(DataSet data)
    {
        var scaled = Scale(data);
        RequireClasses(data);
        var loss = 0.0;
        long correct = 0;
        for (var first = 0; first < scaled.Count; first += _rows.Length)
        {
            Gather(scaled, first);
            var sums = _compute.Evaluate(_weights);
            loss += sums.Loss;
            correct += sums.Correct;
        }

        return (loss / scaled.Count, correct / (double)scaled.Count);
    }

    /// <summary>
    /// The class of each sample and what speaks for each class; labels are not looked at. One output y stands for the second of two
    /// classes: the row is [1 - y, y]. Under squared error y is the raw output, which is no probability.
    /// </summary>
    /// <param name="data">Unscaled.</param>
    /// <exception cref="UsageException">The data have other features.</exception>
    public IReadOnlyList<Prediction> Predict(DataSet data)
    {
        var scaled = Scale(data);
        var predictions = new List<Prediction>(scaled.Count);
        var outputs = new float[_rows.Length * _outputs];
        var classes = new int[_rows.Length];
        for (var first = 0; first < scaled.Count; first += _rows.Length)
        {
            var count = Gather(scaled, first);
            _compute.Predict(_weights, outputs, classes);
            for (var row = 0; row < count; row++)
            {
                predictions.Add(new Prediction(classes[row], PerClass(outputs.AsSpan(row * _outputs, _outputs))));
            }
        }

        return predictions;
    }

    public void Dispose()
    {
        _compute.Dispose();
        _weights.Dispose();
        _parameters.Dispose();
    }

    private float[] PerClass(ReadOnlySpan<float> outputs) =>
        outputs.Length == 1 && Model.ClassNames.Count == 2 ? [1 - outputs[0], outputs[0]] : outputs.ToArray();

    private int Gather(DataSet data, int first)
    {
        var count = Math.Min(_rows.Length, data.Count - first);
        for (var i = 0; i < count; i++)
        {
            _rows[i] = first + i;
        }

        _compute.Gather(data, _rows.AsSpan(0, count));
        return count;
    }

    private DataSet Scale(DataSet data) => data.Info.Features == Model.Features
        ? Scaling.Apply(data)
        : throw new UsageException(
            Invariant($"{data.Info.Name} has {data.Info.Features} features a sample; the network in {_folder} takes {Model.Features}"));

    private void RequireClasses(DataSet data)
    {
        if (data.Info.Classes != Model.ClassNames.Count)
        {
            throw new UsageException(
                Invariant($"{data.Info.Name} has {data.Info.Classes} classes; the network in {_folder} tells {Model.ClassNames.Count} apart"));
        }
    }
}
