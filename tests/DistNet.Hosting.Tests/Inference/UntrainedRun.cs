using DistNet.Learning;

namespace DistNet.Hosting.Tests;

/// <summary>A run folder as training leaves it, but with checkpoints of first weights, and files beside it. The caller removes the folder.</summary>
internal sealed class UntrainedRun
{
    private readonly TemporaryFolder _temporary;

    public UntrainedRun(TemporaryFolder temporary, TrainingOptions options)
    {
        _temporary = temporary;
        Data = DataLoader.Load(options);
        Network = NetworkBuilder.Build(options, Data.Train.Info);
        Folder = RunFolder.Create(options with { Out = PathOf("run") }, "test", default);
        Folder.WriteModel(ModelDescription.Of(Data));
        Parameters = WriteCheckpoint(version: 1, Network);
    }

    public LoadedData Data { get; }

    public NetworkSpec Network { get; }

    public RunFolder Folder { get; }

    /// <summary>Of the first checkpoint.</summary>
    public float[] Parameters { get; }

    public List<string> Notices { get; } = [];

    public string CheckpointPath(int version) => Path.Combine(Folder.CheckpointsPath, $"v{version:D8}.safetensors");

    public string PathOf(string name) => _temporary.File(name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public float[] WriteCheckpoint(int version, NetworkSpec network)
    {
        var layout = new ParameterLayout(network);
        var parameters = new float[layout.PaddedLength];
        Initializer.Initialize(layout, InitializerKind.Xavier, (ulong)version, parameters);
        new CheckpointFolder(Folder).Write(new CheckpointContent { Version = version, Layout = layout, Parameters = parameters });
        return parameters;
    }

    public void FlipByteInCheckpoint(int version)
    {
        var bytes = File.ReadAllBytes(CheckpointPath(version));
        bytes[^5] ^= 1;
        File.WriteAllBytes(CheckpointPath(version), bytes);
    }

    public EvaluationResult Evaluate(string? data = null) => Inference.Evaluate(Folder, data, Notices.Add);

    public PredictionTable Predict(string path) => Inference.Predict(Folder, path, Notices.Add);

    /// <summary>The one line that an evaluation or a prediction complains with.</summary>
    public static string Complaint<T>(Action inference)
        where T : Exception
    {
        var line = Should.Throw<T>(inference).Message;
        line.ShouldNotContain("\n");
        return line;
    }
}
