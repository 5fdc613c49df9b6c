using System.Text.Json;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// What a trained network expects of a sample, so that it can be used without its training data: the shape, the classes
/// and the scaling that was fitted. Stored as model.json.
/// </summary>
/// <param name="Data">Name of the data it was trained on.</param>
/// <param name="Features">Numbers per sample.</param>
/// <param name="Shape">Shape of a sample.</param>
/// <param name="ClassNames">Names of the classes, in the order of their indices.</param>
/// <param name="ScaleOffsets">Subtracted from each raw feature; [Features].</param>
/// <param name="ScaleFactors">Then multiplied with each; [Features].</param>
/// <param name="DataSha256">Of the training and test samples: a resumed run must find the same.</param>
public sealed record ModelDescription(
    string Data,
    int Features,
    IReadOnlyList<int> Shape,
    IReadOnlyList<string> ClassNames,
    IReadOnlyList<double> ScaleOffsets,
    IReadOnlyList<double> ScaleFactors,
    string DataSha256)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static ModelDescription Of(LoadedData data) => new(
        data.Train.Info.Name,
        data.Train.Info.Features,
        data.Train.Info.Shape,
        data.Train.Info.ClassNames,
        data.Scaling.Offsets,
        data.Scaling.Factors,
        DataFingerprint.Of(data));

    public DataSetInfo Info => new(Data, Features, ClassNames, Shape);

    /// <summary>False where it was read from something else, so that parts are missing or contradict each other.</summary>
    internal bool IsSound => Features > 0
        && ClassNames is not null
        && Shape is not null
        && ScaleOffsets?.Count == Features
        && ScaleFactors?.Count == Features;

    /// <summary>The scaling that was fitted: it gives a sample the same bits as the run did.</summary>
    /// <param name="kind">The run's; stored with its options.</param>
    public Scaling ScalingOf(ScalingKind kind) => new(kind, ScaleOffsets, ScaleFactors);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Throws <see cref="RunFolderException"/> when the file is missing or makes no sense.</summary>
    public static ModelDescription Read(string path)
    {
        try
        {
            var model = JsonSerializer.Deserialize<ModelDescription>(File.ReadAllText(path), Json);
            return model is { IsSound: true }
                ? model
                : throw new RunFolderException($"{path} does not describe a model");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }
    }
}
