using System.Collections.Concurrent;
using DistNet.Actors;
using DistNet.Learning;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// A trained network, and what it expects of a sample. Takes unscaled samples and scales them as the run did. Immutable; any number of threads may use
/// it at once, and a sample's bits depend neither on them nor on what else is predicted with it.
/// </summary>
public sealed class TrainedNetwork : IDisposable
{
    private readonly FixedWeights _weights;
    private readonly ConcurrentBag<InferenceScratch> _forOne = [];

    public TrainedNetwork(RunSnapshot snapshot)
    {
        Name = snapshot.Name;
        Options = snapshot.Options;
        Model = snapshot.Model;
        Network = snapshot.Network;
        Scaling = Model.ScalingOf(Options.Scale);
        Layout = snapshot.Checkpoint.Layout;
        Version = snapshot.Checkpoint.Version;
        _weights = new FixedWeights(Layout, snapshot.Checkpoint.Parameters.Span);
    }

    /// <summary>The run's folder; the name of its data where it has none.</summary>
    public string Name { get; }

    /// <summary>The run's options.</summary>
    public TrainingOptions Options { get; }

    public ModelDescription Model { get; }

    /// <summary>What is done to a sample's features before the first layer.</summary>
    public Scaling Scaling { get; }

    public NetworkSpec Network { get; }

    /// <summary>Where each layer's numbers lie in <see cref="Parameters"/>.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The flat parameter vector, without padding.</summary>
    public ReadOnlySpan<float> Parameters => _weights.Values[..Layout.Length];

    /// <summary>Updates in the checkpoint.</summary>
    public long Version { get; }

    /// <summary>The network of a run's latest good checkpoint; throws as <see cref="RunSnapshot.Read"/> does.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="notice">Told of each later checkpoint that is damaged.</param>
    public static TrainedNetwork Open(RunFolder folder, Action<string> notice) => new(RunSnapshot.Read(folder, notice));

    /// <summary>
    /// Mean loss, and the part classified rightly. Added in the chunks and the order of the run's own evaluations, so that the same
    /// samples give the same bits.
    /// </summary>
    /// <param name="data">At least one sample, unscaled.</param>
    /// <exception cref="UsageException">The data have other features or another number of classes.</exception>
    public (double Loss, double Accuracy) Evaluate(DataSet data)
    {
        RequireFeatures(data);
        RequireClasses(data);
        var scaled = Scaling.Apply(data);
        var loss = 0.0;
        long correct = 0;
        ForEachChunk(scaled, (scratch, _, _) =>
        {
            var sums = scratch.Compute.Evaluate(_weights);
            loss += sums.Loss;
            correct += sums.Correct;
        });
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
        RequireFeatures(data);
        var predictions = new Prediction[data.Count];
        ForEachChunk(Scaling.Apply(data), (scratch, first, count) => Predict(scratch, predictions.AsSpan(first, count)));
        return predictions;
    }

    /// <summary>The same of one sample.</summary>
    /// <param name="features">[Features], unscaled.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public Prediction Predict(ReadOnlySpan<float> features)
    {
        if (features.Length != Model.Features)
        {
            throw new ArgumentException(Invariant($"The network takes {Model.Features} features a sample, not {features.Length}."), nameof(features));
        }

        var sample = Scaling.Apply(new DataSet(Model.Info, features.ToArray(), [0]));
        var scratch = _forOne.TryTake(out var free) ? free : new InferenceScratch(Network, Layout, rows: 1);
        scratch.Gather(sample, 0);
        var prediction = new Prediction[1];
        Predict(scratch, prediction);
        _forOne.Add(scratch);
        return prediction[0];
    }

    /// <summary>Gives back what memory is kept for the next prediction. Not while others predict.</summary>
    public void Dispose()
    {
        while (_forOne.TryTake(out var scratch))
        {
            scratch.Dispose();
        }
    }

    private void Predict(InferenceScratch scratch, Span<Prediction> predictions)
    {
        scratch.Compute.Predict(_weights, scratch.Outputs, scratch.Classes);
        GC.KeepAlive(this);
        for (var row = 0; row < predictions.Length; row++)
        {
            predictions[row] = new Prediction(scratch.Classes[row], PerClass(scratch.Outputs.AsSpan(row * Network.Outputs, Network.Outputs)));
        }
    }

    private float[] PerClass(ReadOnlySpan<float> outputs) =>
        outputs.Length == 1 && Model.ClassNames.Count == 2 ? [1 - outputs[0], outputs[0]] : outputs.ToArray();

    /// <summary>Calls with the samples gathered, the first one's number, and how many they are.</summary>
    private void ForEachChunk(DataSet scaled, Action<InferenceScratch, int, int> compute)
    {
        if (scaled.Count == 0)
        {
            return;
        }

        using var scratch = new InferenceScratch(Network, Layout, Math.Min(scaled.Count, RunPlan.EvaluationChunkLength));
        for (var first = 0; first < scaled.Count; first += RunPlan.EvaluationChunkLength)
        {
            compute(scratch, first, scratch.Gather(scaled, first));
        }

        GC.KeepAlive(this);
    }

    private void RequireFeatures(DataSet data)
    {
        if (data.Info.Features != Model.Features)
        {
            throw new UsageException(
                Invariant($"{data.Info.Name} has {data.Info.Features} features a sample; the network in {Name} takes {Model.Features}"));
        }
    }

    private void RequireClasses(DataSet data)
    {
        if (data.Info.Classes != Model.ClassNames.Count)
        {
            throw new UsageException(
                Invariant($"{data.Info.Name} has {data.Info.Classes} classes; the network in {Name} tells {Model.ClassNames.Count} apart"));
        }
    }
}
