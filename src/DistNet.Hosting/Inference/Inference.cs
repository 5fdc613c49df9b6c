using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// What <c>distnet evaluate</c> and <c>distnet predict</c> do. Both throw <see cref="UsageException"/> for data that cannot be read or do
/// not fit the network, and <see cref="RunFolderException"/> for a run that cannot be used.
/// </summary>
public static class Inference
{
    /// <summary>Loss and accuracy of a run's latest good checkpoint.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="data">As <c>--data</c>; null: the run's test part, or where it holds none back its training part.</param>
    /// <param name="notice">Told what the user should know of, one line each.</param>
    public static EvaluationResult Evaluate(RunFolder folder, string? data, Action<string> notice)
    {
        using var network = TrainedNetwork.Open(folder, notice);
        var samples = data is null
            ? OwnData(network.Options, notice)
            : DataLoader.LoadForEvaluation(data, network.Options, network.Model.ClassNames);
        var (loss, accuracy) = network.Evaluate(samples);
        NoteOtherNames(samples.Info, network.Model, notice);
        return new EvaluationResult(folder.Root, network.Version, data ?? network.Options.Data, samples.Count, loss, accuracy);
    }

    /// <summary>Class and probabilities of each sample in a file.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="inputFile">A CSV file, or an IDX file of pictures.</param>
    /// <param name="notice">Told what the user should know of, one line each.</param>
    public static PredictionTable Predict(RunFolder folder, string inputFile, Action<string> notice)
    {
        using var network = TrainedNetwork.Open(folder, notice);
        var samples = PredictionInput.Read(inputFile, network.Model, network.Options);
        return new PredictionTable(network.Model.ClassNames, network.Predict(samples));
    }

    private static DataSet OwnData(TrainingOptions options, Action<string> notice)
    {
        var (train, test) = DataLoader.LoadUnscaled(options);
        if (test is null)
        {
            notice($"the run held nothing of {options.Data} back for testing: this is its training part");
        }

        return test ?? train;
    }

    private static void NoteOtherNames(DataSetInfo data, ModelDescription model, Action<string> notice)
    {
        if (!data.ClassNames.SequenceEqual(model.ClassNames))
        {
            notice(
                $"the classes of {data.Name} have other names than the run's and are taken in their order: "
                + $"{string.Join(", ", data.ClassNames)} for {string.Join(", ", model.ClassNames)}");
        }
    }
}
