using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>The network that options ask for on given data.</summary>
public static class NetworkBuilder
{
    /// <summary>
    /// Hidden layers as asked for, then the output layer: one unit for two classes (except under softmax), else one for each class.
    /// </summary>
    public static NetworkSpec Build(TrainingOptions options, DataSetInfo data)
    {
        var hidden = options.Hidden.Select(units => new DenseSpec(units, options.Activation, !options.NoBias, options.Dropout));
        var output = new DenseSpec(OutputsFor(options.Loss, data.Classes), options.OutputActivation, !options.NoBias);
        return new NetworkSpec(data.Features, [.. hidden, output], new LossSpec(options.Loss, options.Reduction));
    }

    /// <summary>The network in a few words, such as "64-64-10, relu, softmax".</summary>
    public static string Describe(TrainingOptions options, NetworkSpec network)
    {
        string[] words =
        [
            string.Join('-', network.Layers.Select(layer => layer.Units).Prepend(network.Inputs)),
            .. options.Hidden.Count > 0 ? [Text("activation", options)] : Array.Empty<string>(),
            Text("loss", options),
        ];
        return string.Join(", ", words);
    }

    private static int OutputsFor(LossKind loss, int classes) => classes == 2 && loss != LossKind.SoftmaxCrossEntropy ? 1 : classes;

    private static string Text(string option, TrainingOptions options) => OptionTable.Find(option)!.TextIn(options);
}
