using System.Text.Json;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>What of a data set is not samples, as JSON. Believes nothing that it reads.</summary>
/// <param name="Info">What both parts are.</param>
/// <param name="Scaling">How they were scaled.</param>
/// <param name="Train">Training samples.</param>
/// <param name="Test">Samples held back; null: there is no such part.</param>
internal sealed record LoadedDataHeader(DataSetInfo Info, Scaling Scaling, int Train, int? Test)
{
    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true };

    public static LoadedDataHeader Of(LoadedData data) => new(data.Train.Info, data.Scaling, data.Train.Count, data.Test?.Count);

    /// <summary>Bytes of all features and labels; more than any limit where the numbers are absurd.</summary>
    public Int128 SampleBytes => ((Int128)Train + (Test ?? 0)) * ((Int128)Info.Features + 1) * sizeof(float);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Null where it is no header, or contradicts itself.</summary>
    public static LoadedDataHeader? TryParse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<LoadedDataHeader>(json, Json) is { } header && header.IsSound() ? header : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsSound() =>
        Info is { Name: not null, Features: > 0, ClassNames.Count: > 0, Shape: not null }
        && Info.ClassNames.All(name => name is not null)
        && Scaling is { Offsets: not null, Factors: not null }
        && Enum.IsDefined(Scaling.Kind)
        && Scaling.Offsets.Count == Info.Features
        && Scaling.Factors.Count == Info.Features
        && Train > 0
        && Test is null or > 0
        && (long)Train * Info.Features <= Array.MaxLength
        && (long)(Test ?? 0) * Info.Features <= Array.MaxLength;
}
