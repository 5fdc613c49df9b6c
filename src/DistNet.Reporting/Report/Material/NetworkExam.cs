using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Reporting;

/// <summary>What a run's latest checkpoint says of each sample of the run's own test part, or of its training part where nothing was held back.</summary>
/// <param name="Samples">Unscaled.</param>
/// <param name="IsTest">False: they were trained on.</param>
/// <param name="Predictions">One for each sample.</param>
/// <param name="Version">Updates in the checkpoint.</param>
/// <param name="FirstLayer">Weights of the first layer, row-major [Inputs, Units].</param>
/// <param name="Inputs">Inputs of the first layer.</param>
/// <param name="Units">Units of the first layer.</param>
public sealed record NetworkExam(
    DataSet Samples, bool IsTest, IReadOnlyList<Prediction> Predictions, long Version, float[] FirstLayer, int Inputs, int Units)
{
    /// <summary>Part of the samples that were classified rightly.</summary>
    public double Accuracy => Predictions.Where((prediction, i) => prediction.Class == Samples.Labels[i]).Count() / (double)Math.Max(1, Predictions.Count);

    /// <exception cref="UsageException">The data are not there any more, or not those that the run had.</exception>
    /// <exception cref="RunFolderException">There is no checkpoint that can be used.</exception>
    internal static NetworkExam Hold(RunFolder folder, TrainingOptions options, string? dataRoot)
    {
        var warnings = new List<string>();
        using var network = TrainedNetwork.Open(folder, warnings.Add);
        var (train, test) = DataLoader.LoadUnscaled(dataRoot is null ? options : options with { Data = DataSource.Under(dataRoot, options.Data) });
        RequireSame(network, train, test, options.Data);
        var samples = test is { Count: > 0 } ? test : train;
        var layout = new ParameterLayout(NetworkBuilder.Build(options, network.Model.Info));
        var first = layout.Layers[0];
        var weights = new CheckpointFolder(folder).ReadLatest(layout).Content.Parameters.Span.Slice(first.WeightOffset, first.WeightLength).ToArray();
        return new NetworkExam(samples, samples == test, network.Predict(samples), network.Version, weights, first.Inputs, first.Units);
    }

    /// <summary>Of other samples nothing follows about the run; their classes may even have other numbers.</summary>
    private static void RequireSame(TrainedNetwork network, DataSet train, DataSet? test, string data)
    {
        var model = network.Model;
        if (train.Info.Features != model.Features || !train.Info.ClassNames.SequenceEqual(model.ClassNames) || Sha256(network.Scaling, train, test) != model.DataSha256)
        {
            throw new UsageException($"{data}: the data have changed since the run; restore them, and make the report again");
        }
    }

    private static string Sha256(Scaling scaling, DataSet train, DataSet? test) =>
        DataFingerprint.Of(new LoadedData(scaling.Apply(train), test is null ? null : scaling.Apply(test), scaling));
}
