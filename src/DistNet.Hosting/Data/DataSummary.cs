using System.Text.Json;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// A data set without its samples: what a run is planned from where the samples themselves are elsewhere. Two summaries are of the same samples
/// when <see cref="Sha256"/> is the same.
/// </summary>
/// <param name="Model">What the network will expect of a sample, and the hash of the samples.</param>
/// <param name="TrainSamples">Training samples.</param>
/// <param name="TestSamples">Samples held back; 0: none.</param>
public sealed record DataSummary(ModelDescription Model, int TrainSamples, int TestSamples)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Name, features, shape and classes.</summary>
    public DataSetInfo Info => Model.Info;

    /// <summary>Whether it contradicts itself nowhere; one that came from elsewhere may.</summary>
    public bool IsSound => TrainSamples > 0 && TestSamples >= 0 && Model.IsSound;

    /// <summary><see cref="DataFingerprint"/> of the samples.</summary>
    public string Sha256 => Model.DataSha256;

    public static DataSummary Of(LoadedData data) => new(ModelDescription.Of(data), data.Train.Count, data.Test?.Count ?? 0);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <param name="json">As <see cref="ToJson"/> writes it.</param>
    /// <param name="source">Whose summary it is, for messages.</param>
    /// <exception cref="DataFormatException">It is no summary, or contradicts itself.</exception>
    public static DataSummary Parse(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<DataSummary>(json, Json) is { IsSound: true } summary
                ? summary
                : throw new DataFormatException(source, $"does not describe a data set");
        }
        catch (JsonException e)
        {
            throw new DataFormatException(source, $"does not describe a data set: {e.Message}", e);
        }
    }
}
