using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Hosting.Tests;

/// <summary>One preset, really trained in a folder of its own; afterwards its network can be asked about any part of its data.</summary>
internal sealed class PresetRun
{
    private readonly NetworkSpec _network;
    private readonly CheckpointContent _checkpoint;

    private PresetRun(TrainingResult result, LoadedData data, NetworkSpec network, CheckpointContent checkpoint)
    {
        Result = result;
        Data = data;
        _network = network;
        _checkpoint = checkpoint;
    }

    public TrainingResult Result { get; }

    /// <summary>What it was trained and tested on, scaled.</summary>
    public LoadedData Data { get; }

    /// <summary>Part of the training samples that the trained network classifies rightly.</summary>
    public double TrainAccuracy => Accuracy(Data.Train);

    /// <param name="preset">Its name; empty: the defaults.</param>
    /// <param name="commandLine">Options as a user types them, such as "--seed", "3".</param>
    public static PresetRun Train(string preset, params string[] commandLine)
    {
        using var folder = new TemporaryFolder();
        string[] all = [.. preset.Length > 0 ? ["--preset", preset] : Array.Empty<string>(), .. commandLine, "--out", folder.Path];
        var given = all.Chunk(2).Select(pair => KeyValuePair.Create(pair[0][2..], pair[1])).ToArray();
        var options = TrainingOptionsLoader.Load(given, []);
        var result = TrainingSession.RunAsync(options, Unwatched.Instance, CancellationToken.None).GetAwaiter().GetResult();
        var data = DataLoader.Load(options);
        var network = NetworkBuilder.Build(options, data.Train.Info);
        var checkpoint = new CheckpointFolder(RunFolder.Open(folder.Path)).ReadLatest(new ParameterLayout(network)).Content;
        checkpoint.Version.ShouldBe(result.Steps);
        return new PresetRun(result, data, network, checkpoint);
    }

    /// <summary>The preset under seeds 1 to 10.</summary>
    public static IReadOnlyList<PresetRun> TrainTenSeeds(string preset, params string[] commandLine) =>
        [.. Enumerable.Range(1, 10).Select(seed => Train(preset, [.. commandLine, "--seed", $"{seed}"]))];

    /// <summary>The outputs, [samples, outputs], and the class predicted for each sample.</summary>
    public unsafe (float[] Outputs, int[] Classes) Predict(DataSet data)
    {
        using var compute = new NetworkCompute(_network, _checkpoint.Layout, data.Count);
        using var parameters = new AlignedBuffer(_checkpoint.Layout.PaddedLength);
        _checkpoint.Parameters.Span[.._checkpoint.Layout.Length].CopyTo(parameters.Span);
        var outputs = new float[data.Count * _network.Outputs];
        var classes = new int[data.Count];
        compute.Gather(data, [.. Enumerable.Range(0, data.Count)]);
        using var weights = new LocalWeights(_checkpoint.Layout);
        weights.Begin(parameters.Pointer);
        compute.Predict(weights, outputs, classes);
        return (outputs, classes);
    }

    private double Accuracy(DataSet data) => Predict(data).Classes.Zip(data.Labels).Count(pair => pair.First == pair.Second) / (double)data.Count;
}
