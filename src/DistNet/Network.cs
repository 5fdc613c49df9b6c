using DistNet.Hosting;

namespace DistNet;

/// <summary>
/// A trained network. Takes samples unscaled and scales them as its run did. Immutable: any number of threads may use one at once, and what a sample
/// gives is the same bits whoever asks, alone or among others.
/// </summary>
public sealed class Network
{
    private readonly TrainedNetwork _network;

    internal Network(TrainedNetwork network) => _network = network;

    /// <summary>Numbers that a sample has.</summary>
    public int Features => _network.Model.Features;

    /// <summary>Shape of a sample where it is a picture, else [Features]. Pictures are row-major, channels last.</summary>
    public IReadOnlyList<int> Shape => _network.Model.Shape;

    /// <summary>The classes it tells apart.</summary>
    public IReadOnlyList<string> ClassNames => _network.Model.ClassNames;

    /// <summary>Number of weights and biases.</summary>
    public int Parameters => _network.Layout.Length;

    /// <summary>Updates that made it.</summary>
    public long Updates => _network.Version;

    /// <summary>Lower-case hexadecimal SHA-256 of the weights, as <see cref="TrainingResult.WeightsSha256"/>.</summary>
    public string WeightsSha256 => WeightsHash.Of(_network.Layout, _network.Parameters);

    /// <summary>The network of a run folder's latest good checkpoint.</summary>
    /// <param name="folder">A run folder, of <c>distnet train</c> or of this library.</param>
    /// <param name="notice">Told of each later checkpoint that is damaged and was passed over; null: nobody is.</param>
    /// <exception cref="RunFolderException">It is no run folder, has no good checkpoint, or was altered.</exception>
    public static Network Load(string folder, Action<string>? notice = null) =>
        new(TrainedNetwork.Open(RunFolder.Open(folder), notice ?? (_ => { })));

    /// <summary>
    /// The class of a sample and what speaks for each class: softmax(z), or with one output [1 - s(z), s(z)] where s is the sigmoid; under squared error the raw
    /// outputs, which are no probabilities.
    /// </summary>
    /// <param name="features">[Features], unscaled.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public Prediction Predict(ReadOnlySpan<float> features) => _network.Predict(features);

    /// <summary>The same of many samples, in their order; their classes are not looked at. Faster than one by one.</summary>
    /// <param name="samples">Unscaled.</param>
    /// <exception cref="UsageException">They have another number of features.</exception>
    public IReadOnlyList<Prediction> Predict(Samples samples) => _network.Predict(samples.Data);

    /// <summary>How well it does on samples.</summary>
    /// <param name="samples">Unscaled; their classes are the network's by index.</param>
    /// <exception cref="UsageException">They have another number of features or of classes.</exception>
    public Score Evaluate(Samples samples)
    {
        var (loss, accuracy) = _network.Evaluate(samples.Data);
        return new Score(loss, accuracy);
    }

    /// <summary>The network in a few words, such as "64-64-10, relu, softmax".</summary>
    public override string ToString() => NetworkBuilder.Describe(_network.Options, _network.Network);
}

/// <summary>How well a network does on samples.</summary>
/// <param name="Loss">Mean loss of a sample, in the run's loss function; without penalties.</param>
/// <param name="Accuracy">Part classified rightly, 0 to 1.</param>
public sealed record Score(double Loss, double Accuracy);
